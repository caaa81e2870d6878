import type { Sentence } from '../../../platform/i18n/texts.ts'
import type { en } from './en.ts'

export const es = {
  'nav.map': 'Mapa',
  'nav.timeline': 'Cronología',
  'nav.network': 'Red',
  'home.title': 'Lo que Cuba, China y Vietnam construyen juntos en biotecnología',
  'home.lead': 'Quién trabaja con quién, qué resultó de ello y qué documento lo dice. Donde las fuentes discrepan, se muestran las dos versiones.',
  'home.placeholder': 'CIGB, 永州, công nghệ sinh học, transferencia…',
  'home.counts': 'En el registro',
  'home.latest': 'Últimos acontecimientos',
  'home.all': 'Todos los acontecimientos',
  'home.all-disputes': 'Todas las discrepancias',
  'home.empty': 'El registro aún está vacío. Cárguelo con: npx puente import record seeds/record',
  'search.title': 'Búsqueda',
  'search.results': { one: 'Un resultado para «{q}»', other: '{n} resultados para «{q}»' },
  'search.capped': 'Más de {n} resultados para «{q}»',
  'search.none': 'No se encontró nada para «{q}». Pruebe con menos palabras o con un nombre en otro idioma.',
  'search.ask': 'Escriba un nombre, un lugar o un tema en cualquiera de los cuatro idiomas.',
  'search.all': 'Todo',
  'search.instead': {
    one: 'Nada se escribe «{q}». Un resultado para lo que se escribe casi igual: {words}.',
    other: 'Nada se escribe «{q}». {n} resultados para lo que se escribe casi igual: {words}.',
  },
  'search.also': 'también:',
  'search.plural.member': 'Miembros',
  'search.entry.member': 'miembro',
  'search.plural.concept': 'Conceptos',
  'search.entry.concept': 'concepto',
} as const satisfies Record<keyof typeof en, Sentence>
