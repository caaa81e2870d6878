import { countryName } from '../../../platform/i18n/format.ts'
import { htmlLanguage, pickText } from '../../../platform/i18n/languages.ts'
import type { View } from '../../../platform/ui/view.ts'
import { recordTexts, type TimelineChoices } from '../../record/index.ts'
import { timelineKinds, type TimelineInput } from '../schema.ts'
import type { AtlasSay } from '../text/index.ts'

type Props = { view: View; say: AtlasSay; input: TimelineInput; choices: TimelineChoices }
type Option = { value: string; label: string; language?: string | undefined }

/** What the timeline is narrowed to: a plain GET form, several kinds at once. */
export function TimelineForm({ view, say, input, choices }: Props) {
  const isNarrowed = input.kind.length > 0 || [input.country, input.organization, input.period].some((value) => value !== undefined)
  return (
    <form class="filters" method="get" action={view.link(view.path)} aria-label={view.say('filter.title')}>
      <fieldset class="checks">
        <legend>{say('timeline.kinds')}</legend>
        {timelineKinds.map((kind) => (
          <label>
            <input type="checkbox" name="kind" value={kind} checked={input.kind.includes(kind)} />
            {recordTexts[view.language](`plural.${kind}`)}
          </label>
        ))}
      </fieldset>
      <Choice view={view} name="country" label={say('timeline.country')} value={input.country} options={countriesOf(view, choices)} />
      <Choice view={view} name="organization" label={say('timeline.organization')} value={input.organization} options={organizationsOf(view, choices)} />
      <label>
        <span>{say('timeline.period')}</span>
        <input type="search" name="period" value={input.period ?? ''} maxlength={64} placeholder="2005, 2016/2018" />
      </label>
      <label>
        <span>{say('timeline.order')}</span>
        <select name="sort">
          <option value="-date">{say('timeline.newest')}</option>
          <option value="date" selected={input.sort === 'date'}>
            {say('timeline.oldest')}
          </option>
        </select>
      </label>
      <button class="btn quiet">{view.say('filter.apply')}</button>
      {isNarrowed && <a href={view.link(view.path)}>{view.say('filter.clear')}</a>}
    </form>
  )
}

function Choice({ view, name, label, value, options }: { view: View; name: string; label: string; value: string | undefined; options: Option[] }) {
  return (
    <label>
      <span>{label}</span>
      <select name={name}>
        <option value="">{view.say('filter.any')}</option>
        {options.map((option) => (
          <option value={option.value} selected={option.value === value} lang={option.language}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  )
}

const countriesOf = (view: View, { countries }: TimelineChoices) =>
  sorted(
    view,
    countries.map((value) => ({ value, label: countryName(value, view.language) })),
  )

function organizationsOf(view: View, { organizations }: TimelineChoices): Option[] {
  const options = organizations.map(({ key, title, acronym }) => {
    const picked = pickText(title, view.language, title.original)
    const name = picked?.text ?? key
    const language = picked && picked.language !== view.language ? htmlLanguage[picked.language] : undefined
    return { value: key, label: acronym === null || name.includes(acronym) ? name : `${acronym} · ${name}`, language }
  })
  return sorted(view, options)
}

function sorted(view: View, options: Option[]): Option[] {
  const order = new Intl.Collator(htmlLanguage[view.language])
  return options.toSorted((a, b) => order.compare(a.label, b.label))
}
