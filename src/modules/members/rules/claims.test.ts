import { expect, test } from 'vitest'
import { domainShows, hostOf } from './claims.ts'

test.each([
  ['https://www.cigb.edu.cu/', 'cigb.edu.cu'],
  ['cigb.edu.cu', 'cigb.edu.cu'],
  ['http://例子.测试/', 'xn--fsqu00a.xn--0zwm56d'],
  ['https://', undefined],
  ['not a website', undefined],
])('the host of %s is %s', (website, host) => {
  expect(hostOf(website)).toBe(host)
})

test.each([
  ['ana@cigb.edu.cu', ['https://www.cigb.edu.cu'], 'same'],
  ['ana@lab.cigb.edu.cu', ['https://cigb.edu.cu'], 'related'],
  ['ana@cigb.edu.cu', ['https://www.en.cigb.edu.cu/x'], 'related'],
  ['ana@cu', ['https://cigb.edu.cu'], 'nothing'],
  ['ana@evilcigb.edu.cu', ['https://cigb.edu.cu'], 'nothing'],
  ['ana@cigb.edu.cu.evil.example.org', ['https://cigb.edu.cu'], 'nothing'],
  ['"a@cigb.edu.cu"@evil.example.org', ['https://cigb.edu.cu'], 'nothing'],
  ['ana@gmail.com', ['https://gmail.com'], 'anybody'],
  ['ana@qq.com', ['https://example.org'], 'anybody'],
  ['ana@example.org', [], 'nothing'],
  ['ana@example.org', ['::::'], 'nothing'],
] as const)('%s beside %j shows %s', (email, websites, shows) => {
  expect(domainShows(email, websites)).toBe(shows)
})
