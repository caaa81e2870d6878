import { spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { builtinModules } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, describe, expect, test } from 'vitest'
import { build } from '../scripts/build.mjs'
import { readConfig } from '../src/platform/config.ts'
import { root } from '../src/platform/root.ts'

const folder = mkdtempSync(join(tmpdir(), 'puente-deploy-'))
chmodSync(folder, 0o755)
afterAll(() => {
  open(folder)
  rmSync(folder, { recursive: true, force: true })
})

const read = (file: string) => readFileSync(join(root, file), 'utf8')
const stages = read('Containerfile')
  .split(/^FROM /m)
  .slice(1)
const copies = (stage: string) => [...stage.matchAll(/^COPY (--from=\S+ )?(.+) (\S+)$/gm)].map(([, from, what = '']) => ({ from, what: what.split(' ') }))

describe('the container file', () => {
  test('copies what is there, and the builder is given it', () => {
    const given = read('.containerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1))
    const wanted = stages.flatMap(copies).filter(({ from }) => from === undefined)
    const names = [...new Set(wanted.flatMap(({ what }) => what))]
    expect(names.filter((name) => !existsSync(join(root, name)))).toEqual([])
    expect(names.toSorted()).toEqual(given.toSorted())
  })

  test('names one version of the image, that of Node.js which npm brings along; the server is no root and writes to its volume alone', () => {
    const image = /^ARG NODE=docker\.io\/library\/node:(\d+\.\d+\.\d+)-\S+$/m.exec(read('Containerfile'))?.[1]
    const { optionalDependencies } = JSON.parse(read('package.json')) as { optionalDependencies: Record<string, string> }
    expect(Object.values(optionalDependencies)).toEqual(Object.values(optionalDependencies).map(() => image))
    expect(stages.every((stage) => stage.startsWith('${NODE}'))).toBe(true)
    expect(stages.at(-1)).toMatch(/^USER 10001:10001$/m)
    expect(stages.at(-1)).toMatch(/^VOLUME \/data$/m)
    expect(stages.at(-1)).toMatch(/^HEALTHCHECK .*\/readyz/m)
    for (const script of read('Containerfile').matchAll(/^RUN npm run (\S+)/gm))
      expect(Object.keys((JSON.parse(read('package.json')) as { scripts: object }).scripts)).toContain(script[1])
  })

  test('needs at run time nothing that only tests, or only the build, bring', async () => {
    await build()
    const bundle = readdirSync(join(root, 'dist')).filter((name) => name.endsWith('.js'))
    const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> }
    const found = bundle.flatMap((name) =>
      [...read(`dist/${name}`).matchAll(/(?:^import|^export|^\}) [^;\n]*?from "([^"./][^"]*)"|import\("([^"./][^"]*)"\)/gm)].map(
        ([, one, other]) => one ?? other ?? '',
      ),
    )
    const packages = [...new Set(found.filter((name) => !name.startsWith('node:') && !builtinModules.includes(name)))].map((name) =>
      name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/'),
    )
    expect(packages.length).toBeGreaterThan(10)
    expect(packages.filter((name) => dependencies[name] === undefined)).toEqual([])
    expect(packages).not.toContain('esbuild')
  })
})

/** Takes away, or gives back, the right to write. */
function close(path: string) {
  if (statSync(path).isDirectory()) for (const name of readdirSync(path)) close(join(path, name))
  chmodSync(path, statSync(path).mode & 0o555)
}
function open(path: string) {
  for (const entry of readdirSync(path, { withFileTypes: true }))
    if (entry.isDirectory()) {
      chmodSync(join(path, entry.name), 0o755)
      open(join(path, entry.name))
    }
}

test('the program works from a folder with what the container has, which it may not write, as a user without rights', { timeout: 120_000 }, async () => {
  await build()
  const program = join(folder, 'puente')
  mkdirSync(program)
  for (const name of copies(stages.at(-1) ?? '').flatMap(({ what }) => what)) {
    const from = join(root, basename(name))
    if (basename(name) === 'node_modules') symlinkSync(from, join(program, 'node_modules'))
    else cpSync(from, join(program, basename(name)), { recursive: true })
  }
  const data = join(folder, 'data')
  mkdirSync(data, { mode: 0o700 })
  const nobody = { uid: 65_534, gid: 65_534 }
  // Where the checkout lies in a folder that is closed to others, nobody could not even start Node.js.
  const mayBe =
    process.getuid?.() === 0 &&
    spawnSync(process.execPath, ['-e', `require('fs').readFileSync(${JSON.stringify(join(root, 'node_modules', 'hono', 'package.json'))})`], nobody).status ===
      0
  const who = mayBe ? nobody : {}
  if (mayBe) chownSync(data, nobody.uid, nobody.gid)
  close(join(program, 'dist'))
  for (const name of ['bin', 'db', 'seeds']) close(join(program, name))
  chmodSync(program, 0o555)
  const entry = /^ENTRYPOINT (.+)$/m.exec(stages.at(-1) ?? '')?.[1]
  const [, ...args] = JSON.parse(entry ?? '[]') as string[]
  const port = await freePort()
  const env = { PATH: process.env['PATH'] ?? '', NODE_ENV: 'production', HOST: '127.0.0.1', PORT: String(port), PUENTE_DATA: data, LOG_LEVEL: 'error' }
  const server = spawn(process.execPath, [...args, 'serve'], { cwd: program, env, ...who, stdio: ['ignore', 'ignore', 'pipe'] })
  const said = text(server.stderr)
  const ended = new Promise<number | null>((resolve) => server.once('exit', resolve))
  try {
    const health = JSON.parse(/^HEALTHCHECK .*CMD (.+)$/m.exec(stages.at(-1) ?? '')?.[1] ?? '[]') as string[]
    const isHealthy = () => spawnSync(process.execPath, health.slice(1), { env, ...who }).status === 0
    expect(isHealthy()).toBe(false)
    while (
      server.exitCode === null &&
      !(await fetch(`http://127.0.0.1:${port}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      ))
    )
      await wait(100)
    expect(server.exitCode, 'the server ended').toBe(null)
    expect(isHealthy()).toBe(true)
    expect((await fetch(`http://127.0.0.1:${port}/en/organizations`)).status).toBe(200)
    const backup = spawnSync(process.execPath, [...args, 'backup', join(data, 'b.tar.gz')], { cwd: program, env, ...who, encoding: 'utf8' })
    expect(backup.stdout).toContain('Backed up')
  } finally {
    server.kill('SIGTERM')
  }
  expect(await ended, await said).toBe(0)
  expect(readdirSync(program).toSorted()).toEqual(['LICENSE', 'bin', 'db', 'dist', 'node_modules', 'package.json', 'seeds'])
  expect(statSync(join(data, 'db')).uid).toBe(mayBe ? nobody.uid : process.getuid?.())
})

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** What systemd 247 and later know, of all that our units say; a word mistyped would be passed over with a warning that nobody reads. */
const known: Record<string, string> = {
  Unit: 'Description Documentation After Wants',
  Service: `Type User Group WorkingDirectory ExecStart ExecStartPost Environment EnvironmentFile StateDirectory StateDirectoryMode UMask Restart RestartSec TimeoutStopSec
    MemoryMax TasksMax LimitCORE NoNewPrivileges CapabilityBoundingSet AmbientCapabilities ProtectSystem ProtectHome ProtectProc ProtectClock ProtectHostname
    ProtectKernelTunables ProtectKernelModules ProtectKernelLogs ProtectControlGroups PrivateTmp PrivateDevices PrivateUsers RemoveIPC RestrictNamespaces
    RestrictRealtime RestrictSUIDSGID LockPersonality KeyringMode RestrictAddressFamilies SystemCallArchitectures SystemCallFilter SystemCallErrorNumber`,
  Timer: 'OnCalendar RandomizedDelaySec Persistent',
  Install: 'WantedBy',
}

describe.each(['puente.service', 'puente-backup.service', 'puente-backup.timer'])('deploy/%s', (name) => {
  const lines = read(`deploy/${name}`).split('\n')
  test('has options that systemd knows, in the sections where they belong', () => {
    let section = ''
    const wrong: string[] = []
    for (const line of lines.filter((each) => each !== '' && !each.startsWith('#'))) {
      section = /^\[(\w+)\]$/.exec(line)?.[1] ?? section
      const option = /^(\w+)=/.exec(line)?.[1]
      if (option === undefined ? !line.startsWith('[') : !(known[section] ?? '').split(/\s+/).includes(option)) wrong.push(line)
    }
    expect(wrong).toEqual([])
  })

  test('starts what there is, with settings that Puente knows', () => {
    const settings = lines.flatMap((line) => (line.startsWith('Environment=') ? line.slice(12).split(' ') : []))
    const env = Object.fromEntries(settings.map((each) => each.split('=') as [string, string]))
    expect(() => readConfig(env)).not.toThrow()
    for (const setting of Object.keys(env)) expect(`${read('docs/operating.md')} RECIPIENT NODE_ENV`).toContain(setting)
    for (const [, path = ''] of read(`deploy/${name}`).matchAll(/\/opt\/puente\/((?:bin|docs)\/\S+)/g))
      expect(existsSync(join(root, path.replace(/["']/g, ''))), path).toBe(true)
  })

  const analyze = spawnSync('systemd-analyze', ['--version']).status === 0
  test.skipIf(!analyze || name.endsWith('.timer'))('is hardened, as systemd itself counts', () => {
    const unit = join(folder, name)
    writeFileSync(unit, read(`deploy/${name}`))
    const { stdout } = spawnSync('systemd-analyze', ['security', '--offline=yes', '--threshold=30', unit], { encoding: 'utf8' })
    expect(Number(/exposure level for \S+: ([\d.]+)/.exec(stdout)?.[1])).toBeLessThan(3)
  })
})

describe.each(['nginx.conf', 'Caddyfile'])('deploy/%s', (name) => {
  test('refuses the API over plain HTTP, and takes no TLS before 1.2', () => {
    const [plain = '', secure = ''] =
      name === 'nginx.conf' ? read(`deploy/${name}`).split('listen 443') : read(`deploy/${name}`).split('https://puente.example.org {')
    expect(plain).toMatch(/\/api\/[\s\S]*403/)
    expect(secure).toMatch(/(ssl_)?protocols (TLSv1\.2 TLSv1\.3|tls1\.2 tls1\.3)/)
    expect(secure).not.toMatch(/CBC|RC4|3DES|TLSv1\.1|TLS_RSA_|[: ]AES/)
    // Documents of ten megabytes get through.
    expect(secure).toMatch(/(client_max_body_size|max_size) 11/)
  })
})
