import { expect, test } from 'vitest'
import { thePublic } from '../src/platform/access/actor.ts'
import { newId } from '../src/platform/id.ts'
import { onBothEngines, sql } from './support/world.ts'

onBothEngines('a visitor corrects something', (world) => {
  const rows = () => world().rows(sql<{ id: string; claim: string; about: string | null }>`select id, claim, about from record.correction order by sent_at`)

  test('the form knows the page it was opened from', async () => {
    expect(await (await world().ask('/vi/corrections/new?about=/organizations/cigb')).text()).toContain('value="/organizations/cigb"')
  })

  test('all that is wrong is shown at once and nothing typed is lost', async () => {
    const answer = await world().post('/es/corrections', { id: newId(), claim: '', evidence: 'Una <b>prueba</b>', contact: 'nadie' })
    const page = await answer.text()
    expect(answer.status).toBe(422)
    expect(page).toContain('Hay 2 puntos que corregir')
    expect(page).toContain('Una &lt;b&gt;prueba&lt;/b&gt;')
    expect(page).toContain('href="#claim"')
    expect(page).toContain('href="#contact"')
    expect(await rows()).toEqual([])
  })

  test('it arrives once, however often the button is pressed, with one log entry', async () => {
    const fields = { id: newId(), claim: 'The centre opened in 1986.', about: '/organizations/cigb', evidence: '', contact: '' }
    const answers = await Promise.all([world().post('/zh/corrections', fields), world().post('/zh/corrections', fields)])
    expect(answers.map(({ status, headers }) => [status, headers.get('location')])).toEqual([
      [303, '/zh/corrections/sent'],
      [303, '/zh/corrections/sent'],
    ])
    expect(await rows()).toEqual([{ id: fields.id, claim: fields.claim, about: fields.about }])
    expect(await world().rows(sql`select verb, actor from app.log_entry where object_id = ${fields.id}`)).toEqual([
      { verb: 'record.correction.suggested', actor: 'public' },
    ])
  })

  test('the API takes it too', async () => {
    const id = newId()
    const answer = await world().ask('/api/v1/corrections', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id, claim: 'Tên sai.' }),
    })
    expect([answer.status, await answer.json()]).toEqual([201, { id }])
    expect((await rows()).map((row) => row.id)).toContain(id)
  })

  test('nobody on the web can read what others sent', async () => {
    const seen = await world().database.read(thePublic, async (db) => ({
      corrections: (await sql`select * from record.correction`.execute(db)).rows,
      log: (await sql`select * from app.log_entry where verb like 'record.correction%'`.execute(db)).rows,
      payloads: (await sql`select * from app.log_payload where payload like '%1986%'`.execute(db)).rows,
    }))
    expect(seen).toEqual({ corrections: [], log: [], payloads: [] })
    expect(await (await world().ask('/en/search?q=1986')).text()).not.toContain('opened in 1986')
  })
})
