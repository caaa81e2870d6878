import { countryName, formatNumber, languageName } from '../../../platform/i18n/format.ts'
import { htmlLanguage, isLanguage, type LanguageText } from '../../../platform/i18n/languages.ts'
import { isEdtf } from '../../../platform/text/edtf.ts'
import { EdtfDate, Text } from '../../../platform/ui/text.tsx'
import { identifierAddress, isIdentifierField, type IdentifierField } from '../../members/index.ts'
import { countryFields, dateFields, numberFields } from '../rules/kinds.ts'
import { isTerm } from '../rules/terms.ts'
import type { EntryKind } from '../schema.ts'
import type { EntryRef } from '../store/catalogue.ts'
import type { RecordSay } from '../text/index.ts'
import { Amount, EntryLink, termLabel, type RecordView } from './parts.tsx'

/** A value of a statement and what is needed to show it. */
export type Claim = {
  field: string
  value: string | LanguageText
  target: EntryRef | null
  place?: { names: LanguageText } | null
  language: string | null
  qualifiers: Record<string, string | LanguageText>
}

/** The value of a statement as a reader of the page's language reads it. */
export function Value({ view, say, kind, claim }: RecordView & { kind: EntryKind; claim: Claim }) {
  const { field, value, target, place, language, qualifiers } = claim
  if (typeof value !== 'string') return <Text view={view} text={value} {...(language !== null && { original: language })} />
  if (target) return <EntryLink view={view} to={target} />
  if (place) return <Text view={view} text={place.names} />
  if (field === 'website') return <Website address={value} />
  if (isIdentifierField(field)) return <Identifier field={field} value={value} />
  if (countryFields.has(field) && /^[A-Z]{2}$/.test(value)) return <>{countryName(value, view.language)}</>
  if (dateFields.has(field) && isEdtf(value)) return <EdtfDate view={view} date={value} />
  if ((field === 'kind' || field === 'status') && isTerm(kind, field, value)) return <>{termLabel(say, field, value)}</>
  if (field === 'amount' || field === 'capacity' || field === 'count') return <Amount view={view} say={say} value={value} unit={qualifiers['unit']} />
  // The number of an authorization may have letters in it.
  if (numberFields.has(field) && Number.isFinite(Number(value))) return <>{field === 'number' ? value : formatNumber(Number(value), view.language)}</>
  if (field === 'direction' && value === 'two-way') return <>{say('direction.two-way')}</>
  if (!isLanguage(language)) return <>{value}</>
  return (
    <>
      <span lang={htmlLanguage[language]}>{value}</span> {language !== view.language && <small>{languageName(language, view.language)}</small>}
    </>
  )
}

const Website = ({ address }: { address: string }) => (
  <a href={address} rel="external noopener">
    {address.replace(/^https?:\/\//, '')}
  </a>
)

function Identifier({ field, value }: { field: IdentifierField; value: string }) {
  const address = identifierAddress(field, value)
  return address === undefined ? <code>{value}</code> : <Website address={address} />
}

/** For what a value holds: when, by which measure, who reports it. */
export function Qualifiers({ view, say, claim, valid }: RecordView & { claim: Claim; valid: string | null }) {
  const shown = Object.entries(claim.qualifiers).filter(([name]) => name !== 'unit' || !['amount', 'capacity', 'count'].includes(claim.field))
  if (valid === null && shown.length === 0) return null
  return (
    <small class="qualifiers">
      {valid !== null && <EdtfDate view={view} date={valid} />}
      {shown.map(([name, value], index) => (
        <>
          {(index > 0 || valid !== null) && ' · '}
          {name !== 'basis' && `${qualifierLabel(say, name)} `}
          <QualifierValue view={view} say={say} name={name} value={value} />
        </>
      ))}
    </small>
  )
}

function QualifierValue({ view, say, name, value }: RecordView & { name: string; value: string | LanguageText }) {
  if (typeof value === 'object') return <Text view={view} text={value} />
  if (name === 'share') return <>{value} %</>
  if (name === 'party' && /^[A-Z]{2}$/.test(value)) return <>{countryName(value, view.language)}</>
  if (name === 'stage' && ['announced', 'committed', 'paid'].includes(value)) return <>{say(`stage.${value as 'announced'}`)}</>
  return <>{value}</>
}

function qualifierLabel(say: RecordSay, name: string): string {
  const known = ['measure', 'reporter', 'counts', 'stage', 'unit', 'party', 'flows', 'share', 'direction'] as const
  const found = known.find((each) => each === name)
  return found === undefined ? name : say(`qualifier.${found}`)
}
