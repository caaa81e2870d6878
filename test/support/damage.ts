import type { MiddlewareHandler } from 'hono'
import type { Env } from '../../src/platform/http/context.ts'
import { onTheWay } from './trial.ts'

/** A deliberate damage of the code: a decision that always answers the same, if `route` is said on that one alone; a guard that lets everything pass. */
export type Damage = { of: string; answer?: boolean; route?: string }

/** Who was asked while something ran, what they answered, and how often. */
export type Asked = Map<string, { answers: Set<boolean>; times: number }>

const state: { damage: Damage | undefined; route: string; asked: Asked } = { damage: undefined, route: '', asked: new Map() }

/** Runs something under a damage, and notes which decisions it asks. @param route on which it runs */
export async function under<T>(damage: Damage | undefined, route: string, run: () => Promise<T>): Promise<{ result: T; asked: Asked }> {
  Object.assign(state, { damage, route, asked: new Map() })
  try {
    return { result: await run(), asked: state.asked }
  } finally {
    state.damage = undefined
  }
}

function note(of: string, answer: boolean) {
  const { answers, times } = state.asked.get(of) ?? { answers: new Set(), times: 0 }
  state.asked.set(of, { answers: answers.add(answer), times: times + 1 })
}

const isDamaged = (of: string) => state.damage?.of === of && (state.damage.route === undefined || state.damage.route === state.route)

/** The functions of a module, each of which can be made to answer always the same; what they ask of each other stays whole. */
export function withDecisions<M extends object>(name: string, module: M): M {
  const wrapped = Object.entries(module).map(([key, decide]: [string, unknown]) => {
    if (typeof decide !== 'function') return [key, decide]
    return [
      key,
      (...given: unknown[]) => {
        const answer: unknown = Reflect.apply(decide, undefined, given)
        if (typeof answer !== 'boolean') return answer
        note(`${name}.${key}`, answer)
        return isDamaged(`${name}.${key}`) ? state.damage?.answer : answer
      },
    ]
  })
  return Object.fromEntries(wrapped) as M
}

const passing =
  (of: string, guard: MiddlewareHandler<Env>): MiddlewareHandler<Env> =>
  (c, next) => {
    note(of, false)
    return isDamaged(of) ? next() : guard(c, next)
  }

/** A module of which some functions are guards, or make them; each can be made to let everything pass. */
export function withGuards<M extends object>(module: M, names: readonly (keyof M & string)[], makers: readonly (keyof M & string)[] = []): M {
  const guards = names.map((name) => [name, passing(name, module[name] as MiddlewareHandler<Env>)])
  const made = makers.map((name) => [
    name,
    (...given: unknown[]) => {
      const it: unknown = Reflect.apply(module[name] as () => unknown, undefined, given)
      const of = typeof given[0] === 'string' ? `${name} ${given[0]}` : name
      return Array.isArray(it) ? it.map((each: MiddlewareHandler<Env>) => passing(of, each)) : passing(of, it as MiddlewareHandler<Env>)
    },
  ])
  return { ...module, ...(Object.fromEntries([...guards, ...made]) as Partial<M>) }
}

/** Another answer of a function, while it is damaged. */
export const insteadOf =
  <Given extends unknown[], Answer>(of: string, whole: (...given: Given) => Answer, damaged: (...given: Given) => Answer) =>
  (...given: Given): Answer =>
    isDamaged(of) ? damaged(...given) : whole(...given)

/** Cuts a condition out of every statement that has it, while something runs. `met`: how many had it. */
export async function without<T>(cut: string, instead: string, run: () => Promise<T>): Promise<{ result: T; met: number }> {
  let met = 0
  onTheWay.rewrite = (text) => {
    if (text.includes(cut)) met += 1
    return text.replaceAll(cut, instead)
  }
  try {
    const result = await run()
    return { result, met }
  } finally {
    onTheWay.rewrite = (text) => text
  }
}
