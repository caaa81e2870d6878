import { unitIn } from '../rules/units.ts'
import { countriesIn } from '../schema/countries.ts'
import { labelsOf, optionsOf } from './fields.ts'
import type { ExchangeView, Names } from './parts.tsx'
import type { Typed } from './typed.ts'

type StaleProps = ExchangeView & { saved: Typed; typed: Typed; names: Names }

/** That somebody else wrote meanwhile, with what stands there now wherever it is another thing than what was typed: what is saved next replaces it. */
export function Stale({ view, say, saved, typed, names }: StaleProps) {
  const labels = labelsOf(say)
  const options: Partial<Record<string, readonly { value: string; label: string }[]>> = optionsOf({ view, say })
  const wordFor = (name: string, value: string) =>
    (name === 'concepts' ? names.get(value)?.text : options[name]?.find((option) => option.value === value)?.label) ?? value
  // `about` is never saved: it helps to find concepts.
  const other = Object.keys(labels).filter((name) => name !== 'about' && meant(name, saved[name]) !== meant(name, typed[name]))
  return (
    <div class="note bad" role="alert">
      <b>{say('listing.stale')}</b>
      {other.length > 0 && (
        <>
          <p>{say('listing.stale-now')}</p>
          <dl class="facts">
            {other.map((name) => (
              <>
                <dt>{labels[name]}</dt>
                <dd class="typed">{(saved[name] ?? []).map((value) => wordFor(name, value)).join('; ') || '—'}</dd>
              </>
            ))}
          </dl>
        </>
      )}
    </div>
  )
}

const named = new Set(['authorizations', 'countries_wanted', 'countries_excluded'])

/** What the values of a field mean, however a browser ended the lines, in whatever order the boxes stand, and in whatever language countries and units are named. */
function meant(name: string, values: readonly string[] = []): string {
  const each = values.map((value) => value.replaceAll('\r\n', '\n').trim()).filter(Boolean)
  if (name === 'unit') return each.map((value) => unitIn(value)).join()
  if (!named.has(name)) return each.toSorted().join('\n')
  const { codes, unknown } = countriesIn(each.join(','))
  return [...codes.toSorted(), ...unknown].join()
}
