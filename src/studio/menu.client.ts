/** Menus are `details`: they open without script. With it, Escape and a press beside them close them. */
export const closeMenus = (): void => {
  const open = () => document.querySelectorAll<HTMLDetailsElement>('details.account[open]')
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return
    for (const menu of open()) {
      menu.open = false
      menu.querySelector('summary')?.focus()
    }
  })
  document.addEventListener('click', (event) => {
    for (const menu of open()) if (!menu.contains(event.target as Node)) menu.open = false
  })
}
