// Asks the browser for a passkey and sends what it answers with an ordinary form. Forms that need it are hidden until this script has run.
const bytes = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0))
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/={1,2}$/, '')
const withBytes = (list) => list?.map((each) => ({ ...each, id: bytes(each.id) }))

/** What the server asks, with bytes where the browser wants bytes. */
const asked = ({ user, challenge, excludeCredentials, allowCredentials, ...rest }) => ({
  ...rest,
  challenge: bytes(challenge),
  ...(user && { user: { ...user, id: bytes(user.id) }, excludeCredentials: withBytes(excludeCredentials) }),
  ...(allowCredentials && { allowCredentials: withBytes(allowCredentials) }),
})

function answered({ id, rawId, type, response }) {
  const parts = { transports: response.getTransports?.() }
  for (const part of ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle'])
    if (response[part]) parts[part] = text(response[part])
  return { id, rawId: text(rawId), type, clientExtensionResults: {}, response: parts }
}

async function ask(form) {
  const answer = await fetch(form.dataset.asks, { method: 'POST', body: new URLSearchParams() })
  if (!answer.ok) throw new Error(String(answer.status))
  const publicKey = asked(await answer.json())
  return publicKey.user ? navigator.credentials.create({ publicKey }) : navigator.credentials.get({ publicKey })
}

for (const form of document.querySelectorAll('form[data-asks]')) {
  const sentence = (when) => form.parentElement.querySelector(`[data-when=${when}]`)
  const failed = sentence('failed')
  sentence('no-script').hidden = true
  if (!window.PublicKeyCredential) {
    sentence('unknown').hidden = false
    continue
  }
  form.hidden = false
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    if (!form.reportValidity()) return
    failed.hidden = true
    ask(form)
      .then((credential) => {
        form.elements.response.value = JSON.stringify(answered(credential))
        return form.submit()
      })
      .catch(() => {
        failed.hidden = false
      })
  })
}
