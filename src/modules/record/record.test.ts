import { expect, test } from 'vitest'
import { onBothEngines, sql } from '../../../test/support/world.ts'

onBothEngines('the record on the web', (world) => {
  test('counts what is in seeds/record', async () => {
    const answer = await world().ask('/api/v1/record/summary')
    expect(await answer.json()).toEqual({ counts: { source: 277, organization: 151, agreement: 62 } })
    expect(await world().rows(sql`select count(*)::int as n from record.organization`)).toEqual([{ n: 151 }])
  })
})
