const steps: (() => unknown)[] = []
const lastSteps: (() => void)[] = []
let ending: Promise<void> | undefined

/** Has something done when the program ends; what was asked for last is done first. */
export function atEnd(step: () => unknown): void {
  steps.push(step)
}

/** Has something done in the last moment, where nothing can be waited for: after `atEnd`, and instead of it when the program fails. Last asked for, first done. */
export function atExit(step: () => void): void {
  lastSteps.push(step)
}

/** Does all that was asked for with `atEnd`, once. */
export function end(): Promise<void> {
  return (ending ??= runSteps())
}

async function runSteps() {
  for (let step = steps.pop(); step; step = steps.pop()) {
    try {
      await step()
    } catch (error) {
      console.error(error)
    }
  }
}

process.once('exit', () => {
  for (const step of lastSteps.toReversed()) step()
})

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => void end().then(() => process.exit(1)))
}
