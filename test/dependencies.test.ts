import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { judge } from '../scripts/audit.mjs'
import { root } from '../src/platform/root.ts'

type Locked = { version: string; resolved?: string; integrity?: string; license?: string; dev?: boolean; link?: boolean }
type Manifest = Record<'dependencies' | 'devDependencies' | 'optionalDependencies', Record<string, string>>
const read = (file: string): unknown => JSON.parse(readFileSync(join(root, file), 'utf8'))
const manifest = read('package.json') as Manifest
const locked = Object.entries((read('package-lock.json') as { packages: Record<string, Locked> }).packages).filter(([path]) => path !== '')

describe('libraries', () => {
  test('are pinned to one version each', () => {
    const wanted = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies })
    expect(wanted.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([])
    for (const [name, version] of wanted) expect(locked.find(([path]) => path === `node_modules/${name}`)?.[1].version, name).toBe(version)
  })

  test('all lie in the lock file with their hash, and come from nowhere but the registry', () => {
    expect(locked.length).toBeGreaterThan(400)
    expect(locked.filter(([, { integrity }]) => !/^sha512-[\w+/]{86}==$/.test(integrity ?? '')).map(([path]) => path)).toEqual([])
    // No address stands there, so none leads elsewhere: whichever mirror answers, the hash decides.
    expect(locked.filter(([, { resolved, link }]) => resolved !== undefined || link).map(([path]) => path)).toEqual([])
  })

  test('that run in production have a permissive licence', () => {
    const permissive = new Set(['MIT', 'MIT-0', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'CC0-1.0', 'BlueOak-1.0.0'])
    const others = locked.filter(([, { dev, license }]) => dev !== true && !permissive.has(license ?? ''))
    expect(others.map(([path, { license }]) => `${path}: ${license}`)).toEqual([])
  })

  test('stand in a list of parts that other programs read (CycloneDX), with version, licence and hash', () => {
    const { stdout } = spawnSync('npm', ['run', '--silent', 'sbom'], {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      shell: process.platform === 'win32',
    })
    const parts = JSON.parse(stdout) as { bomFormat: string; components: { name: string; version: string; licenses?: unknown[]; hashes?: unknown[] }[] }
    expect(parts.bomFormat).toBe('CycloneDX')
    for (const [name, version] of Object.entries(manifest.dependencies))
      expect(parts.components, name).toContainEqual(expect.objectContaining({ name, version, hashes: [expect.anything()], licenses: [expect.anything()] }))
  })
})

describe('the audit', () => {
  const today = '2026-11-22'
  const via = (id: string, severity: string) => ({
    source: 1,
    name: 'left',
    title: 'Something',
    url: `https://github.com/advisories/${id}`,
    severity,
    range: '<2.0.0',
  })
  const report = (...vias: object[]) => ({
    auditReportVersion: 2,
    vulnerabilities: { left: { name: 'left', via: vias }, above: { name: 'above', via: ['left', ...vias] } },
  })

  test('blocks on high and critical, each once, and tells of what is less', () => {
    const found = judge(report(via('GHSA-a', 'high'), via('GHSA-b', 'critical'), via('GHSA-c', 'moderate')), [], today)
    expect(found?.blocks).toEqual(['high: left <2.0.0 – Something (GHSA-a)', 'critical: left <2.0.0 – Something (GHSA-b)'])
    expect(found).toMatchObject({ told: [expect.stringContaining('GHSA-c')], excepted: [], wrong: [] })
    const tool = report(via('GHSA-a', 'high'))
    Object.assign(tool.vulnerabilities.left, { nodes: ['node_modules/left'] })
    Object.assign(tool.vulnerabilities.above, { via: [] })
    expect(judge(tool, [], today, new Set(['node_modules/left']))).toMatchObject({ blocks: [], told: [expect.stringContaining('GHSA-a')] })
    expect(judge(tool, [], today, new Set(['node_modules/right']))?.blocks).toHaveLength(1)
    expect(judge(report(), [], today)).toEqual({ blocks: [], excepted: [], told: [], wrong: [] })
  })

  test('lets an exception pass until its day, ninety days at most, and with a reason', () => {
    const weak = report(via('GHSA-a', 'high'))
    const exceptedUntil = (until: string, reason = 'not reached', advisory = 'GHSA-a') => judge(weak, [{ advisory, reason, until }], today)
    expect(exceptedUntil('2026-11-22')).toMatchObject({ blocks: [], excepted: [expect.stringContaining('until 2026-11-22: not reached')], wrong: [] })
    expect(exceptedUntil('2026-11-21')).toMatchObject({ blocks: [expect.stringContaining('GHSA-a')], excepted: [] })
    expect(exceptedUntil('2027-02-21')).toMatchObject({ blocks: [expect.anything()], wrong: [expect.stringContaining('90 days')] })
    expect(exceptedUntil('2026-12-01', '')).toMatchObject({ wrong: [expect.stringContaining('reason')] })
    expect(exceptedUntil('2026-12-01', 'x', 'GHSA-z')).toMatchObject({ blocks: [expect.anything()], wrong: [expect.stringContaining('not reported any more')] })
  })

  test.each([undefined, {}, { message: '405 Method Not Allowed', statusCode: 405 }, { auditReportVersion: 3, vulnerabilities: {} }])(
    'takes %j for no answer, not for a good one',
    (answer) => {
      expect(judge(answer, [], today)).toBeUndefined()
    },
  )

  test('has exceptions that say why, and until when', () => {
    const exceptions = read('scripts/audit-exceptions.json') as { advisory: string; reason: string; until: string }[]
    expect(exceptions.filter(({ advisory, reason, until }) => !advisory || !reason || Number.isNaN(Date.parse(until)))).toEqual([])
  })
})
