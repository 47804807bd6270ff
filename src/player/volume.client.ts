import { setText } from './dom.client.ts'
import { rememberedVolume, rememberVolume } from './memory.client.ts'

/** Adds the volume to the drawer, where the browser lets a page set it (phones leave it to their keys). */
export const addVolume = (drawer: Element | null, audio: HTMLAudioElement): void => {
  audio.volume = 0.5
  const isOurs = audio.volume === 0.5
  audio.volume = rememberedVolume()
  const ways = drawer?.querySelector('.ways')
  if (!ways || !isOurs) return
  const row = document.createElement('label')
  row.className = 'volume'
  row.innerHTML = '<span>Volume</span><input type="range" min="0" max="100" step="5" /><span class="num"></span>'
  const [, input, number] = row.children
  if (!(input instanceof HTMLInputElement)) return
  const draw = () => {
    const percent = String(Math.round(audio.volume * 100))
    if (input.value !== percent) input.value = percent
    setText(number, `${percent} %`)
  }
  input.addEventListener('input', () => {
    audio.volume = Number(input.value) / 100
    rememberVolume(audio.volume)
  })
  audio.addEventListener('volumechange', draw)
  ways.before(row)
  draw()
}
