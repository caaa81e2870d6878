/** A register elsewhere that has codes for concepts: the form of its codes, and where one is looked up. */
export type Register = { name: string; form: RegExp; address?: (code: string) => string }

export const registers: Readonly<Record<string, Register>> = {
  mesh: { name: 'MeSH', form: /^D\d{6,9}$/, address: (code) => `https://id.nlm.nih.gov/mesh/${code}.html` },
  icd10: { name: 'ICD-10', form: /^[A-Z]\d[0-9A-Z](\.\d{1,3})?(-[A-Z]\d\d)?$/, address: (code) => `https://icd.who.int/browse10/2019/en#/${code}` },
  icd11: { name: 'ICD-11', form: /^[0-9A-Z.]{2,20}$/ },
  atc: { name: 'ATC', form: /^[A-Z](\d\d([A-Z]([A-Z](\d\d)?)?)?)?$/, address: (code) => `https://atcddd.fhi.no/atc_ddd_index/?code=${code}` },
  hs: { name: 'HS', form: /^\d{2}(\d{2}(\.?\d{2})?)?$/ },
  cpc: { name: 'CPC', form: /^\d{1,5}$/ },
  agrovoc: { name: 'AGROVOC', form: /^\d{1,12}$/, address: (code) => `https://agrovoc.fao.org/browse/agrovoc/en/page/c_${code}` },
  taxon: { name: 'NCBI Taxonomy', form: /^\d{1,10}$/, address: (code) => `https://www.ncbi.nlm.nih.gov/datasets/taxonomy/${code}/` },
  cas: { name: 'CAS', form: /^\d{1,7}-\d\d-\d$/, address: (code) => `https://commonchemistry.cas.org/detail?cas_rn=${code}` },
}

/** Whether a register is known and has codes of this form. */
export const isCode = (register: string, code: string): boolean => registers[register]?.form.test(code) === true

/** Concepts of other thesauri that are codes here, by what their addresses begin with. */
const byAddress: [RegExp, string][] = [
  [/^https?:\/\/aims\.fao\.org\/aos\/agrovoc\/c_(\d{1,12})$/, 'agrovoc'],
  [/^https?:\/\/id\.nlm\.nih\.gov\/mesh\/(D\d{6,9})$/, 'mesh'],
  [/^https?:\/\/purl\.obolibrary\.org\/obo\/NCBITaxon_(\d{1,10})$/, 'taxon'],
]

/** The code that an address of a concept elsewhere stands for. */
export function codeOfAddress(address: string): { register: string; code: string } | undefined {
  for (const [pattern, register] of byAddress) {
    const code = pattern.exec(address)?.[1]
    if (code !== undefined) return { register, code }
  }
  return undefined
}
