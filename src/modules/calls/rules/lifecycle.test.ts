import { expect, test } from 'vitest'
import { callStates, origins } from '../schema/terms.ts'
import { isAtDesk, isWritable, mayNow, nextState, verbs, type Side } from './lifecycle.ts'

const sides: Side[] = ['member', 'desk']

test('all that may be done with a call, by whom, and what it is then', () => {
  const lines = callStates.flatMap((state) =>
    origins.flatMap((origin) =>
      verbs.flatMap((verb) => {
        const call = { state, origin }
        const who = sides.filter((side) => mayNow(call, verb, new Set([side])))
        return who.length === 0 ? [] : [`${state} of ${origin}: ${verb} → ${nextState(call, verb)} (${who.join(', ')})`]
      }),
    ),
  )
  expect(lines).toEqual([
    'draft of desk: open → open (desk)',
    'draft of desk: withdraw → withdrawn (member, desk)',
    'draft of member: request → requested (member)',
    'draft of member: withdraw → withdrawn (member, desk)',
    'requested of desk: recall → draft (member)',
    'requested of desk: return → returned (desk)',
    'requested of desk: open → open (desk)',
    'requested of member: recall → draft (member)',
    'requested of member: return → returned (desk)',
    'requested of member: open → open (desk)',
    'returned of desk: withdraw → withdrawn (member)',
    'returned of member: request → requested (member)',
    'returned of member: withdraw → withdrawn (member)',
    'open of desk: extend → open (desk)',
    'open of desk: close → closed (desk)',
    'open of member: extend → open (desk)',
    'open of member: close → closed (desk)',
    'due of desk: extend → open (desk)',
    'due of desk: close → closed (desk)',
    'due of member: extend → open (desk)',
    'due of member: close → closed (desk)',
  ])
})

test('nobody but the desk opens a call, and none is written that is open or over', () => {
  for (const state of callStates) for (const origin of origins) expect(mayNow({ state, origin }, 'open', new Set<Side>(['member']))).toBe(false)
  expect(callStates.filter((state) => isWritable(state, new Set(sides)))).toEqual(['draft', 'requested', 'returned'])
  expect(callStates.filter((state) => !isAtDesk({ state, origin: 'member' }))).toEqual(['draft', 'withdrawn'])
})
