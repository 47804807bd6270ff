/** The look's icons on a 24 grid, as the inside of an `svg`: the server draws them, the player swaps them. */
export const icons = {
  play: '<path class="f" d="M7 4l13 8-13 8z"/>',
  pause: '<path class="f" d="M6 4h4.5v16H6zM13.5 4H18v16h-4.5z"/>',
  stop: '<path class="f" d="M5 5h14v14H5z"/>',
  back15:
    '<path d="M4 5v5h5M4.6 10A8.5 8.5 0 1 1 3.5 13.5"/><path d="M9 11.5v5M12 16.2c3 .8 4-2.7 1-2.7l-1 .2v-2.2h2.8"/>',
  fwd30:
    '<path d="M20 5v5h-5M19.4 10a8.5 8.5 0 1 0 1.1 3.5"/><path d="M8 11.5c2.7 0 2.7 2.4.5 2.4 2.5 0 2.5 2.8-.5 2.6M14.5 11.5c-2 0-2 5 0 5s2-5 0-5z"/>',
  live: '<circle class="f" cx="12" cy="12" r="4"/><path d="M6.3 17.7a8 8 0 0 1 0-11.4M17.7 6.3a8 8 0 0 1 0 11.4"/>',
  streams: '<path d="M4 20V10M9.3 20V4M14.6 20v-7M20 20V7"/>',
  menu: '<path d="M3 6h18M3 12h18M3 18h18"/>',
  down: '<path d="M5 9l7 7 7-7"/>',
  right: '<path d="M4 12h15M13 6l6 6-6 6"/>',
  left: '<path d="M20 12H5M11 6l-6 6 6 6"/>',
  get: '<path d="M12 4v11M7 10.5l5 5 5-5M4 20h16"/>',
  share: '<path d="M12 15V3.5M8 7l4-4 4 4M5 11v9.5h14V11"/>',
  print: '<path d="M7 9V3.5h10V9M7 17H4V9h16v8h-3M7 14h10v6.5H7z"/>',
  mail: '<path d="M3.5 5.5h17v13h-17zM4 6l8 7 8-7"/>',
  clock: '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5l3.5 2"/>',
  warn: '<path d="M12 3.5L22 20.5H2zM12 10v5"/><path class="f" d="M11 16.7h2v2h-2z"/>',
  phones: '<path d="M4 14v-2a8 8 0 0 1 16 0v2M4 14h3.5v6H4zM16.5 14H20v6h-3.5z"/>',
  text: '<path d="M3 19L8.5 5 14 19M5 14.5h7M15.5 19l3-8 3 8M16.5 16.5h4"/>',
  list: '<path d="M8 6h13M8 12h13M8 18h13"/><path class="f" d="M3 5h2v2H3zM3 11h2v2H3zM3 17h2v2H3z"/>',
  search: '<circle cx="10.5" cy="10.5" r="6"/><path d="M15 15l5.5 5.5"/>',
  plug: '<path d="M8 3v6M16 3v6M5 9h14v3a7 7 0 0 1-14 0zM12 19v3"/>',
  retry: '<path d="M20 5v5h-5M19.4 10A8.5 8.5 0 1 0 20.5 14"/>',
  sound: '<path d="M4 9v6h4l5 4.5V4.5L8 9z"/><path d="M16.5 8.5a5 5 0 0 1 0 7M19 6a8.5 8.5 0 0 1 0 12"/>',
  mute: '<path d="M4 9v6h4l5 4.5V4.5L8 9zM17 9l5 6M22 9l-5 6"/>',
} as const

export type IconName = keyof typeof icons
