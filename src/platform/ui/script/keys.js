// Arrow keys walk from the search box through what was found, and back. Without this script the tab key does.
addEventListener('keydown', (event) => {
  if ((event.key !== 'ArrowDown' && event.key !== 'ArrowUp') || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
  const stops = [...document.querySelectorAll('.search input[type=search], .hits li a')]
  const at = stops.indexOf(document.activeElement)
  const next = at < 0 ? undefined : stops[at + (event.key === 'ArrowDown' ? 1 : -1)]
  if (next === undefined) return
  event.preventDefault()
  next.focus()
})
