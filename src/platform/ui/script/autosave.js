// Saves a form while it is being written, and says when. What is not saved stays in this browser and is offered again. Without this script the button saves.
const pause = 4000
const form = document.querySelector('form[data-autosave]')

/** What is typed, as the form would send it; of the version the server decides. */
function typed() {
  const fields = new URLSearchParams(new FormData(form))
  fields.delete('version')
  return fields.toString()
}

/** Puts what was typed before into the form. */
function fill(before) {
  const fields = new URLSearchParams(before)
  for (const control of form.elements) {
    if (!control.name || control.type === 'hidden') continue
    if (control.type === 'checkbox' || control.type === 'radio') control.checked = fields.getAll(control.name).includes(control.value)
    else control.value = fields.get(control.name) ?? ''
  }
}

/** What this browser keeps. It may forbid that, or have no room: then nothing is kept. */
const place = `draft ${form?.dataset.autosave}`
function kept() {
  try {
    return localStorage.getItem(place) ?? undefined
  } catch {
    return undefined
  }
}
function keep(text) {
  try {
    if (text === undefined) localStorage.removeItem(place)
    else localStorage.setItem(place, text)
  } catch {}
}

function begin() {
  const status = form.querySelector('[data-autosaved]')
  const words = status.dataset
  let saved = typed()
  let timer
  let isSending = false
  let isOver = false

  function say(sentence, isBad = false) {
    status.textContent = sentence
    status.classList.toggle('issue', isBad)
  }
  function changed() {
    keep(typed())
    clearTimeout(timer)
    if (!isOver) timer = setTimeout(() => void save(), pause)
  }
  async function send() {
    const answer = await fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)), headers: { accept: 'application/json' } })
    if (answer.status === 409) isOver = true
    if (!answer.ok) return { 409: words.stale, 422: words.wrong }[answer.status]
    // Whoever is not signed in any more gets a page.
    form.elements.version.value = (await answer.json()).version
  }
  async function save() {
    const now = typed()
    if (isSending || now === saved) return
    isSending = true
    say(words.saving)
    const refused = await send().then(
      (sentence) => ({ sentence }),
      () => ({ sentence: words.failed }),
    )
    isSending = false
    if (refused.sentence !== undefined) return say(refused.sentence, true)
    saved = now
    const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit' })
    say(words.saved.replace('{time}', time))
    if (typed() === now) keep(undefined)
    else changed()
  }
  function offer(before) {
    const button = Object.assign(document.createElement('button'), { type: 'button', className: 'btn quiet', textContent: words.restore })
    button.addEventListener('click', () => {
      fill(before)
      say('')
      changed()
    })
    say(`${words.kept} `)
    status.append(button)
  }

  const before = kept()
  if (form.dataset.saved !== undefined || before === saved) keep(undefined)
  else if (before !== undefined) offer(before)
  form.addEventListener('input', changed)
  form.addEventListener('change', changed)
  form.addEventListener('submit', () => {
    isOver = true
    clearTimeout(timer)
  })
}

if (form !== null) begin()
