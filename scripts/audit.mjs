// Asks the registry which of our libraries have known weaknesses (`npm audit`). High and critical ones in what runs in production end it with 1, unless
// scripts/audit-exceptions.json says why not, and until when. A registry that does not answer is said plainly; with --required that ends it with 4.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const blocking = new Set(['high', 'critical'])
const longestExceptionDays = 90

/**
 * What a report of npm and the exceptions come to.
 *
 * @param {unknown} report what `npm audit --json` printed
 * @param {{ advisory: string, reason: string, until: string }[]} exceptions
 * @param {string} today as 2026-11-21
 * @param {Set<string>} tools paths in the lock file of what only builds and tests
 * @returns {{ blocks: string[], excepted: string[], told: string[], wrong: string[] } | undefined} `undefined`: that is no report
 */
export function judge(report, exceptions, today, tools = new Set()) {
  if (report?.auditReportVersion !== 2 || typeof report.vulnerabilities !== 'object') return undefined
  const vias = Object.values(report.vulnerabilities).flatMap(({ via, nodes = [] }) => {
    const isTool = nodes.length > 0 && nodes.every((path) => tools.has(path))
    return via.filter((each) => typeof each === 'object').map((each) => ({ ...each, isTool }))
  })
  const advisories = new Map(vias.map((via) => [idOf(via), via]))
  const latest = new Date(Date.parse(today) + longestExceptionDays * 86_400_000).toISOString().slice(0, 10)
  const result = { blocks: [], excepted: [], told: [], wrong: [] }
  for (const { advisory, reason, until } of exceptions) {
    if (!/^\d{4}-\d\d-\d\d$/.test(until ?? '') || !reason) result.wrong.push(`${advisory}: needs a reason and a date (until)`)
    else if (until > latest) result.wrong.push(`${advisory}: until ${until} is more than ${longestExceptionDays} days away`)
    else if (!advisories.has(advisory)) result.wrong.push(`${advisory}: is not reported any more, take the exception out`)
  }
  for (const [id, { name, severity, title, range, isTool }] of advisories) {
    const line = `${severity}: ${name} ${range} – ${title} (${id})`
    const exception = exceptions.find(({ advisory, until }) => advisory === id && until >= today && until <= latest)
    if (isTool || !blocking.has(severity)) result.told.push(line)
    else if (exception) result.excepted.push(`${line}; until ${exception.until}: ${exception.reason}`)
    else result.blocks.push(line)
  }
  return result
}

const idOf = ({ url, source }) => url?.split('/').at(-1) ?? String(source)

/** @param {string[]} args */
function ask(args) {
  const limits = ['--fetch-retries=0', '--fetch-timeout=20000']
  const { stdout } = spawnSync('npm', ['audit', '--json', ...limits, ...args], {
    cwd: root,
    encoding: 'utf8',
    timeout: 60_000,
    shell: process.platform === 'win32',
  })
  try {
    return JSON.parse(stdout ?? '')
  } catch {
    return undefined
  }
}

function main() {
  const exceptions = JSON.parse(readFileSync(join(root, 'scripts', 'audit-exceptions.json'), 'utf8'))
  const report = ask([])
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  const tools = new Set(Object.keys(packages).filter((path) => packages[path].dev === true))
  const found = judge(report, exceptions, new Date().toISOString().slice(0, 10), tools)
  if (!found) {
    console.log(
      `NOT CHECKED: the registry gave no advisories${report?.statusCode ? ` (it answered ${report.statusCode})` : ''}. Whether a library has a known weakness is unknown.`,
    )
    return process.argv.includes('--required') ? 4 : 0
  }
  for (const [what, lines] of Object.entries({ 'told only': found.told, excepted: found.excepted, 'wrong exception': found.wrong, BLOCKS: found.blocks }))
    for (const line of lines) console.log(`${what}: ${line}`)
  console.log(`${found.blocks.length} block, ${found.excepted.length} excepted, ${found.told.length} told only, ${found.wrong.length} wrong exceptions.`)
  return found.blocks.length + found.wrong.length > 0 ? 1 : 0
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = main()
