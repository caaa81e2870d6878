import type { ExchangeView } from './parts.tsx'

/** Where the script that saves what is being written says how that goes. Without the script it stays empty, and the button saves. */
export function Saved({ say }: Pick<ExchangeView, 'say'>) {
  const sentence = (what: 'saving' | 'stale' | 'wrong' | 'failed' | 'kept' | 'restore') => say(`autosave.${what}`)
  return (
    <p
      class="small"
      role="status"
      data-autosaved
      data-saving={sentence('saving')}
      data-saved={say('autosave.saved', { time: '{time}' })}
      data-stale={sentence('stale')}
      data-wrong={sentence('wrong')}
      data-failed={sentence('failed')}
      data-kept={sentence('kept')}
      data-restore={sentence('restore')}
    />
  )
}
