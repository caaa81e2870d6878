import { Choices, Several } from '../../../platform/ui/choices.tsx'
import { Choice, Field } from '../../../platform/ui/form.tsx'
import { unitWords } from '../rules/units.ts'
import type { Part } from './edit.tsx'
import { optionsOf } from './fields.ts'
import { membersSuggested } from './parts.tsx'
import { one } from './typed.ts'

/** On which terms: how far it has come, how much of it, in which form, with whom and until when. */
export function Terms({ view, say, typed, issues }: Part) {
  const named = { view, issues }
  const countries = (name: 'authorizations' | 'countries_wanted' | 'countries_excluded') => (
    <Field {...named} name={name} label={say(`listing.${name}`)} hint={say('listing.countries-hint')} value={one(typed, name)} maxLength={1000} />
  )
  const options = optionsOf({ view, say })
  const anything = view.say('form.choose')
  return (
    <>
      <Choice {...named} name="stage" label={say('listing.stage')} value={one(typed, 'stage')} options={options.stage} none={anything} />
      <Choice {...named} name="ip" label={say('listing.ip')} value={one(typed, 'ip')} options={options.ip} none={anything} />
      {countries('authorizations')}
      <Field {...named} name="amount" label={say('listing.amount')} value={one(typed, 'amount')} maxLength={20} />
      <Field
        {...named}
        name="unit"
        label={say('listing.unit')}
        hint={say('listing.unit-hint')}
        value={one(typed, 'unit')}
        maxLength={60}
        choices={unitWords(view.language)}
      />
      <Several {...named} name="forms" label={say('listing.forms')} needed={say('listing.needed')} options={options.forms} values={typed['forms'] ?? []} />
      <Several {...named} name="partner_kinds" label={say('listing.partner_kinds')} options={options.partner_kinds} values={typed['partner_kinds'] ?? []} />
      {countries('countries_wanted')}
      {countries('countries_excluded')}
      <Field {...named} name="timing" label={say('listing.timing')} hint={say('listing.timing-hint')} value={one(typed, 'timing')} maxLength={500} />
      <Field
        {...named}
        name="valid_until"
        label={say('listing.valid_until')}
        hint={say('listing.valid_until-hint')}
        needed={say('listing.needed')}
        type="date"
        value={one(typed, 'valid_until')}
        maxLength={10}
      />
    </>
  )
}

/** Who sees it once it is published. */
export function Readers({ view, say, typed, issues }: Part) {
  const options = optionsOf({ view, say }).audience
  return (
    <>
      <Choices view={view} issues={issues} name="audience" label={say('listing.audience')} value={one(typed, 'audience')} options={options} />
      <Field
        view={view}
        issues={issues}
        name="hidden_from"
        label={say('listing.hidden_from')}
        hint={say('listing.hidden_from-hint')}
        value={one(typed, 'hidden_from')}
        maxLength={2000}
        suggest={membersSuggested({ view, say }, true)}
      />
    </>
  )
}
