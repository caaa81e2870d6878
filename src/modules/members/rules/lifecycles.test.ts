import { expect, test } from 'vitest'
import { applicationStates, standings } from '../schema/kinds.ts'
import { isOpen, nextState, type ApplicationVerb } from './applications.ts'
import { hatsOf } from './hats.ts'
import { keyOf } from './keys.ts'
import { mayStandNext, nextStandings } from './standings.ts'

const verbs: ApplicationVerb[] = ['ask', 'answer', 'admit', 'decline', 'withdraw']

test('an application is decided once: from every open state each decision is possible, afterwards nothing', () => {
  const open = applicationStates.filter(isOpen)
  expect(open).toEqual(['sent', 'asked', 'answered'])
  for (const state of applicationStates)
    expect([state, verbs.map((verb) => nextState(state, verb))]).toEqual([
      state,
      open.includes(state) ? ['asked', 'answered', 'admitted', 'declined', 'withdrawn'] : verbs.map(() => undefined),
    ])
})

test('how a member may stand next is never how it stands', () => {
  for (const state of standings) {
    expect(nextStandings(state)).not.toContain(state)
    for (const next of standings) expect(mayStandNext(state, next)).toBe(nextStandings(state).includes(next))
  }
})

test('names under which somebody holds grants: roles and offices are told apart, others are passed over', () => {
  const hats = hatsOf(['public', 'person:p', 'organization:o', 'role:o:admin', 'role:o:editor', 'role:n:secretariat', 'role:o:boss', 'network:n'])
  expect([[...hats.organizations], [...(hats.roles.get('o') ?? [])], [...(hats.offices.get('n') ?? [])], hats.roles.size, hats.offices.size]).toEqual([
    ['o'],
    ['admin', 'editor'],
    ['secretariat'],
    1,
    1,
  ])
})

test.each([
  [['Example Hospital Hanoi'], 'VN', 'example-hospital-hanoi'],
  [['Viện Đào tạo Ví dụ'], 'VN', 'vien-dao-tao-vi-du'],
  [['示例研究所'], 'CN', 'member-cn'],
  [['示例', 'Instituto «Ejemplo», La Habana'], 'CN', 'instituto-ejemplo-la-habana'],
  [['---'], 'CU', 'member-cu'],
  [['x'.repeat(300)], 'CU', 'x'.repeat(60)],
] as const)('the key of %j in %s is %s', (names, country, key) => {
  expect(keyOf(names, country)).toBe(key)
})
