import { expect, test } from 'vitest'
import { listingStates } from '../schema/terms.ts'
import { isOpen, mayNow, nextState, verbs, type Side } from './lifecycle.ts'

const sides: Side[] = ['writer', 'admin', 'desk']

test('all that may be done with a listing, by whom, and what it is then', () => {
  const lines = listingStates.flatMap((state) =>
    verbs.flatMap((verb) => {
      const who = sides.filter((side) => mayNow(state, verb, new Set([side])))
      return who.length === 0 ? [] : [`${state}: ${verb} → ${nextState(state, verb)} (${who.join(', ')})`]
    }),
  )
  expect(lines).toEqual([
    'draft: submit → own-review (writer)',
    'draft: send → desk-review (admin)',
    'draft: withdraw → withdrawn (writer)',
    'own-review: send → desk-review (admin)',
    'own-review: recall → draft (writer)',
    'own-review: return → draft (admin)',
    'own-review: withdraw → withdrawn (writer)',
    'desk-review: recall → draft (writer)',
    'desk-review: return → returned (desk)',
    'desk-review: publish → published (desk)',
    'desk-review: withdraw → withdrawn (writer)',
    'returned: submit → own-review (writer)',
    'returned: send → desk-review (admin)',
    'returned: withdraw → withdrawn (writer)',
    'published: renew → published (writer)',
    'published: match → matched (writer)',
    'published: close → closed (writer, desk)',
    'published: revise → draft (writer)',
    'matched: renew → published (writer)',
    'matched: close → closed (writer, desk)',
    'matched: revise → draft (writer)',
    'expired: renew → published (writer)',
    'expired: close → closed (writer, desk)',
    'expired: revise → draft (writer)',
  ])
})

test('nobody but the desk publishes what was not published, and what is reviewed is not written', () => {
  const first = listingStates.filter((state) => nextState(state, 'publish') === 'published')
  expect(first).toEqual(['desk-review'])
  expect(mayNow('desk-review', 'publish', new Set<Side>(['writer', 'admin']))).toBe(false)
  expect(listingStates.filter(isOpen)).toEqual(['draft', 'returned'])
})
