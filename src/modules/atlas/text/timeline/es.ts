import type { Sentence } from '../../../../platform/i18n/texts.ts'
import type { en } from './en.ts'

export const es = {
  'timeline.title': 'Cronología',
  'timeline.title-range': 'Cronología, de {from} a {to}',
  'timeline.title-period': 'Cronología: {time}',
  'timeline.lead': 'Lo que se firmó, se fundó, se inauguró, se autorizó y se inició, y lo que ocurrió entretanto. Elija una barra para verla más de cerca.',
  'timeline.all': 'Todos los años',
  'timeline.way': 'El tiempo que se muestra',
  'timeline.kinds': 'Tipos',
  'timeline.country': 'País',
  'timeline.organization': 'Organización',
  'timeline.period': 'Período',
  'timeline.order': 'Orden',
  'timeline.newest': 'primero lo más reciente',
  'timeline.oldest': 'primero lo más antiguo',
  'timeline.chart': 'Cuántas entradas comienzan en cada momento, por tipo',
  'timeline.bar': { one: '{time}: una entrada', other: '{time}: {n} entradas' },
  'timeline.every': 'Todos los tipos',
  'timeline.table': 'Las barras en una tabla',
  'timeline.time': 'Tiempo',
  'timeline.vague.year': 'solo se conoce la década',
  'timeline.vague.month': 'solo se conoce el año',
  'timeline.vague.day': 'solo se conoce el mes',
  'timeline.empty': 'Nada de lo registrado comienza en este tiempo.',
  'timeline.earlier': 'Antes: {time}',
  'timeline.later': 'Después: {time}',
  'timeline.entries': 'Entradas',
  'timeline.when':
    'Cada entrada figura en el momento en que comienza: un acuerdo cuando se firmó, una empresa mixta cuando se fundó, una instalación cuando se inauguró.',
} as const satisfies Record<keyof typeof en, Sentence>
