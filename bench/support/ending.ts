const steps: (() => unknown)[] = []
let ending: Promise<void> | undefined

/** Has something done when the program ends, after all that is asked for later than this. */
export function atEnd(step: () => unknown): void {
  steps.push(step)
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

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => void end().then(() => process.exit(1)))
}
