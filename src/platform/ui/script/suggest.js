// Offers names while somebody types, in a small list below the field (the combobox pattern of WAI-ARIA). Without this script the whole name or key is typed.
const pause = 250
const fewest = 2
const separators = /[,;，；]/

/** Where in a field the name is that is being typed: all of it, or what stands between two separators. */
function place(field) {
  if (field.dataset.several === undefined) return { start: 0, end: field.value.length }
  const caret = field.selectionStart ?? field.value.length
  const before = field.value.slice(0, caret).replaceAll(/[;，；]/g, ',')
  const after = field.value.slice(caret).search(separators)
  return { start: before.lastIndexOf(',') + 1, end: after < 0 ? field.value.length : caret + after }
}

/** The best version of a name for the reader. */
function named({ name, original }) {
  const language = document.documentElement.lang.slice(0, 2)
  return name[language] ?? name[original] ?? Object.values(name)[0] ?? ''
}

function begin(field) {
  const { suggest, several, found, none } = field.dataset
  const list = Object.assign(document.createElement('ul'), { id: `${field.id}-names`, hidden: true })
  const status = Object.assign(document.createElement('p'), { className: 'visually-hidden' })
  const frame = Object.assign(document.createElement('div'), { className: 'suggested' })
  list.setAttribute('role', 'listbox')
  list.setAttribute('aria-labelledby', `${field.id}-label`)
  status.setAttribute('role', 'status')
  field.labels[0].id ||= `${field.id}-label`
  frame.append(list, status)
  field.after(frame)
  for (const [name, value] of Object.entries({
    role: 'combobox',
    'aria-autocomplete': 'list',
    'aria-controls': list.id,
    'aria-expanded': 'false',
    autocomplete: 'off',
  }))
    field.setAttribute(name, value)
  let timer
  let asked
  let at = -1

  function close() {
    clearTimeout(timer)
    asked?.abort()
    list.hidden = true
    list.replaceChildren()
    status.textContent = ''
    at = -1
    field.setAttribute('aria-expanded', 'false')
    field.removeAttribute('aria-activedescendant')
  }
  function show(items) {
    close()
    status.textContent = items.length > 0 ? found : none
    if (items.length === 0) return
    list.append(
      ...items.map((item, index) => {
        const option = Object.assign(document.createElement('li'), { id: `${list.id}-${index}` })
        option.setAttribute('role', 'option')
        option.setAttribute('aria-selected', 'false')
        option.dataset.key = item.key
        option.append(named(item), Object.assign(document.createElement('small'), { textContent: item.key }))
        // The field keeps the focus: a press elsewhere closes the list.
        option.addEventListener('mousedown', (event) => event.preventDefault())
        option.addEventListener('click', () => take(option))
        return option
      }),
    )
    list.hidden = false
    field.setAttribute('aria-expanded', 'true')
  }
  function take(option) {
    const { start, end } = place(field)
    const before = field.value.slice(0, start)
    const text = `${before}${before === '' ? '' : ' '}${option.dataset.key}`
    const rest = field.value.slice(end)
    const next = several === undefined || rest !== '' ? '' : ', '
    field.value = text + next + rest
    field.setSelectionRange(text.length + next.length, text.length + next.length)
    close()
    // Whoever saves what is typed learns of it.
    field.dispatchEvent(new Event('change', { bubbles: true }))
  }
  function go(to) {
    list.children[at]?.setAttribute('aria-selected', 'false')
    at = (to + list.children.length) % list.children.length
    const option = list.children[at]
    option.setAttribute('aria-selected', 'true')
    option.scrollIntoView({ block: 'nearest' })
    field.setAttribute('aria-activedescendant', option.id)
  }
  async function ask() {
    const { start, end } = place(field)
    const words = field.value.slice(start, end).trim()
    // A Chinese sign is a word already.
    if (words.length < fewest && !/\p{Script=Han}/u.test(words)) return close()
    asked?.abort()
    asked = new AbortController()
    const { signal } = asked
    const answer = await fetch(`${suggest}?q=${encodeURIComponent(words.slice(0, 100))}`, { signal, redirect: 'error' })
    if (answer.ok && !signal.aborted) show((await answer.json()).items)
  }

  field.addEventListener('input', () => {
    clearTimeout(timer)
    // Whoever is offline, or no longer signed in, goes on typing.
    timer = setTimeout(() => void ask().catch(() => {}), pause)
  })
  field.addEventListener('blur', close)
  field.addEventListener('keydown', (event) => {
    if (list.hidden || event.isComposing) return
    const option = list.children[at]
    if (event.key === 'ArrowDown') go(at + 1)
    else if (event.key === 'ArrowUp') go(at < 0 ? -1 : at - 1)
    else if (event.key === 'Enter' && option !== undefined) take(option)
    else if (event.key === 'Escape') close()
    else return
    event.preventDefault()
  })
}

for (const field of document.querySelectorAll('input[data-suggest]')) begin(field)
