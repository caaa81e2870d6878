import { countryName } from '../../../platform/i18n/format.ts'
import type { View } from '../../../platform/ui/view.ts'
import { recordTexts } from '../../record/index.ts'
import { networkKinds, pillars, type NetworkInput } from '../schema.ts'
import type { AtlasSay } from '../text/index.ts'

type Props = { view: View; say: AtlasSay; filter: NetworkInput; countries: readonly string[] }

/** What the network is narrowed to, and whether countries stand in it: a plain GET form. */
export function NetworkForm({ view, say, filter, countries }: Props) {
  const record = recordTexts[view.language]
  const isNarrowed = Object.values(filter).some((value) => value !== undefined)
  const pillarsOffered = pillars.map((value) => ({ value, label: say(`pillar.${value}`) }))
  const kindsOffered = networkKinds.map((value) => ({ value, label: record(`plural.${value}`) }))
  const countriesOffered = countries.map((value) => ({ value, label: countryName(value, view.language) }))
  return (
    <form class="filters" method="get" action={view.link(view.path)} aria-label={view.say('filter.title')}>
      <Choice view={view} name="pillar" label={say('network.pillar')} value={filter.pillar} options={pillarsOffered} />
      <Choice view={view} name="kind" label={say('network.kind')} value={filter.kind} options={kindsOffered} />
      <Choice view={view} name="country" label={say('network.country')} value={filter.country} options={countriesOffered} />
      <label>
        <span>{say('network.period')}</span>
        <input type="search" name="period" value={filter.period ?? ''} maxlength={64} placeholder="2005, 2016/2018" />
      </label>
      <button class="btn quiet">{view.say('filter.apply')}</button>
      {isNarrowed && <a href={view.link(view.path)}>{view.say('filter.clear')}</a>}
      <div class="checks">
        <label>
          <input type="checkbox" name="countries" value="yes" checked={filter.countries === 'yes'} />
          {say('network.countries')}
        </label>
      </div>
    </form>
  )
}

type ChoiceProps = { view: View; name: string; label: string; value: string | undefined; options: { value: string; label: string }[] }

function Choice({ view, name, label, value, options }: ChoiceProps) {
  return (
    <label>
      <span>{label}</span>
      <select name={name}>
        <option value="">{view.say('filter.any')}</option>
        {options.map((option) => (
          <option value={option.value} selected={option.value === value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  )
}
