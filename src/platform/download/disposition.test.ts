import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { contentDisposition } from './disposition.ts'

/** The two names in the header, the second decoded. */
function names(header: string) {
  const [, ascii = '', encoded = ''] = /^attachment; filename="([^"\\]*)"; filename\*=UTF-8''([A-Za-z0-9!#$&+.^_`|~%-]*)$/.exec(header) ?? []
  return { ascii, full: decodeURIComponent(encoded) }
}

describe('the name of a download', () => {
  test.each([
    ['Lots 2026', 'Lots 2026.csv', 'Lots 2026.csv'],
    ['Viện Vắc-xin Đà Nẵng', 'Viện Vắc-xin Đà Nẵng.csv', 'vien vac-xin da nang.csv'],
    ['北京生物制品研究所', '北京生物制品研究所.csv', 'download.csv'],
    ['长春 BCHT 疫苗', '长春 BCHT 疫苗.csv', '_ bcht _.csv'],
    ['Señal (ñ)', 'Señal (ñ).csv', 'senal (n).csv'],
    ['it\'s 100% "ok"', "it's 100% -ok-.csv", "it's 100- -ok-.csv"],
    ['../../etc/passwd', '-..-etc-passwd.csv', '-..-etc-passwd.csv'],
    ['a\r\nSet-Cookie: x=1', 'a Set-Cookie- x=1.csv', 'a Set-Cookie- x=1.csv'],
    ['evil\u202Evsc.exe', 'evilvsc.exe.csv', 'evilvsc.exe.csv'],
    ['half a pair: \ud83d!', 'half a pair- !.csv', 'half a pair- !.csv'],
    ['CON', '_CON.csv', '_CON.csv'],
    ['. .', 'download.csv', 'download.csv'],
    ['', 'download.csv', 'download.csv'],
  ])('of %j is %j, and %j for old programs', (name, full, ascii) => {
    expect(names(contentDisposition(name, 'csv'))).toEqual({ ascii, full })
  })

  test('is safe as a header and as a file, whatever it is made of', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary', maxLength: 400 }), fc.string({ unit: fc.constantFrom('.', ' ', '\ud83d', '\ude00', '/', '\u202e', 'Đ', '"') })),
        (name) => {
          const header = contentDisposition(name, 'xlsx')
          expect(() => new Headers({ 'Content-Disposition': header })).not.toThrow()
          const { ascii, full } = names(header)
          expect(ascii).toMatch(/^[ -~]+\.xlsx$/)
          for (const file of [ascii, full]) expect(file).not.toMatch(/[\\/:*?"<>|\p{Cc}\p{Cf}]|^[. ]|[. ]\.xlsx$/u)
          expect(Buffer.byteLength(full)).toBeLessThanOrEqual(210)
        },
      ),
    )
  })

  test('takes an extension of letters and digits only', () => {
    expect(names(contentDisposition('a', 'tar.gz')).full).toBe('a.tar.gz')
    for (const ext of ['', '.csv', 'csv"', 'c/s', 'a\n']) expect(() => contentDisposition('a', ext)).toThrow(TypeError)
  })
})
