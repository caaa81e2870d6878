/** Domains at which anybody gets an address; one of these shows nothing. */
const anybodys = new Set([
  'gmail.com',
  'outlook.com',
  'hotmail.com',
  'yahoo.com',
  'qq.com',
  '163.com',
  '126.com',
  'sina.com',
  'nauta.cu',
  'icloud.com',
  'proton.me',
  'mail.ru',
])

/** The host of a website as it is compared: without `www.`, in ASCII. */
export function hostOf(website: string): string | undefined {
  const text = /^[a-z][a-z0-9+.-]*:/i.test(website) ? website : `https://${website}`
  return URL.canParse(text) ? new URL(text).hostname.replace(/^www\./, '').replace(/\.$/, '') || undefined : undefined
}

const isWithin = (host: string, domain: string) => host === domain || host.endsWith(`.${domain}`)

/**
 * What a mail address shows of a claim: that its domain is one of the entry's websites (`same`), that the two lie below one another (`related`), that anybody gets
 * such an address (`anybody`), or nothing.
 */
export function domainShows(email: string, websites: readonly string[]): 'same' | 'related' | 'anybody' | 'nothing' {
  const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase()
  if (anybodys.has(domain)) return 'anybody'
  const hosts = websites.map(hostOf).filter((host) => host !== undefined)
  if (hosts.includes(domain)) return 'same'
  // Two labels at least, or every address of a country would be related to every other.
  return hosts.some((host) => (isWithin(domain, host) && host.includes('.')) || (isWithin(host, domain) && domain.split('.').length > 1))
    ? 'related'
    : 'nothing'
}
