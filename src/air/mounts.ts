import type { Mount } from './mount.ts'

/** All mounts of the station by path and by name. */
export class Mounts {
  readonly #byPath: Map<string, Mount>
  readonly #byName: Map<string, Mount>

  constructor(mounts: Mount[]) {
    this.#byPath = new Map(mounts.map((mount) => [mount.path, mount]))
    this.#byName = new Map(mounts.map((mount) => [mount.name, mount]))
  }

  get(path: string): Mount | undefined {
    return this.#byPath.get(path)
  }

  named(name: string): Mount | undefined {
    return this.#byName.get(name)
  }

  paths(): string[] {
    return [...this.#byPath.keys()]
  }

  all(): Mount[] {
    return [...this.#byPath.values()]
  }

  /** Those the public may find in lists. */
  listed(): Mount[] {
    return this.all().filter((mount) => mount.config.public)
  }
}
