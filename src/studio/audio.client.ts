type Row = { item: HTMLLIElement; progress: HTMLProgressElement; said: HTMLParagraphElement }

/** Takes files that are chosen or dropped, each with its own progress and its own end. */
export class AudioUploads extends HTMLElement {
  connectedCallback(): void {
    const input = this.querySelector<HTMLInputElement>('input[type=file]')
    input?.addEventListener('change', () => {
      this.#take(input.files)
      input.value = ''
    })
    this.addEventListener('dragover', (event) => {
      event.preventDefault()
      this.classList.add('over')
    })
    this.addEventListener('dragleave', () => this.classList.remove('over'))
    this.addEventListener('drop', (event) => {
      event.preventDefault()
      this.classList.remove('over')
      this.#take(event.dataTransfer?.files ?? null)
    })
  }

  #take(files: FileList | null): void {
    for (const file of files ?? []) this.#send(file, this.#row(file.name))
  }

  #row(name: string): Row {
    const item = document.createElement('li')
    const label = document.createElement('p')
    label.textContent = name
    const progress = document.createElement('progress')
    progress.max = 1
    progress.setAttribute('aria-label', name)
    const said = document.createElement('p')
    said.className = 'meta'
    said.setAttribute('role', 'status')
    item.append(label, progress, said)
    this.querySelector('.incoming')?.append(item)
    return { item, progress, said }
  }

  // fetch does not tell how far an upload has come.
  #send(file: File, { item, progress, said }: Row): void {
    const request = new XMLHttpRequest()
    request.open('POST', `/studio/audio?name=${encodeURIComponent(file.name)}`)
    request.setRequestHeader('accept', 'application/json')
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      progress.value = total > 0 ? loaded / total : 0
      said.textContent = `${Math.round(progress.value * 100)} %`
    })
    const fail = (message: string) => {
      progress.remove()
      said.className = 'hint bad'
      said.textContent = message
      const again = document.createElement('button')
      again.type = 'button'
      again.className = 'button small'
      again.textContent = 'Try again'
      again.addEventListener('click', () => {
        item.remove()
        this.#send(file, this.#row(file.name))
      })
      item.append(again)
    }
    request.addEventListener('error', () => fail('The line broke. Nothing of it was kept.'))
    request.addEventListener('load', () => {
      if (request.status !== 201) return fail(reasonOf(request.responseText))
      progress.remove()
      said.textContent = 'It is in the library.'
      const { file: name, title } = JSON.parse(request.responseText) as { file: string; title: string }
      const player = document.createElement('audio')
      player.controls = true
      player.src = `/audio/${name}`
      player.setAttribute('aria-label', title)
      item.append(player)
    })
    request.send(file)
  }
}

const reasonOf = (text: string): string => {
  try {
    const { error } = JSON.parse(text) as { error?: { message?: string; hint?: string } }
    return [error?.message, error?.hint].filter(Boolean).join(' ')
  } catch {
    return 'This could not be taken.'
  }
}
