import type { Sentence } from '../../../../platform/i18n/texts.ts'
import type { en } from './en.ts'

export const es = {
  'network.title': 'Quién trabaja con quién',
  'network.lead':
    'Una línea une dos organizaciones nombradas en los mismos acuerdos, empresas mixtas, instalaciones, transferencias de tecnología, proyectos o programas de formación. Cuanto más comparten, más gruesa es.',
  'network.pillar': 'Eje',
  'network.kind': 'Unidas por',
  'network.period': 'En el período',
  'network.country': 'Relativo a',
  'network.countries': 'también los países que son partes',
  'network.nodes': { one: 'un participante', other: '{n} participantes' },
  'network.pairs': { one: 'una pareja', other: '{n} parejas' },
  'network.capped':
    'Se dibujan los {nodes} participantes que más entradas nombran y las {pairs} parejas más fuertes entre ellos; en total hay {allNodes} participantes.',
  'network.picture': 'Dibujo de la red; la tabla que sigue dice lo mismo',
  'network.to-table': 'Ir a la tabla',
  'network.legend': 'Signos',
  'network.others': 'otros países y territorios',
  'network.a-country': 'el país o territorio mismo',
  'network.size': 'Cuanto mayor es el signo, más entradas lo unen con otros.',
  'network.tie': { one: '{a} – {b}: una entrada', other: '{a} – {b}: {n} entradas' },
  'network.table': 'Las parejas',
  'network.table-part': 'Las {n} más fuertes; el archivo CSV contiene todas las dibujadas.',
  'network.one': 'Participante',
  'network.other': 'Trabaja con',
  'network.n': 'Entradas',
  'network.newest': 'Las más recientes',
  'network.empty': 'Nada de lo registrado une a dos participantes con estos filtros.',
  'network.empty-countries': 'Buscar también entre los países que son partes',
  'pillar.research': 'Investigación',
  'pillar.training': 'Formación',
  'pillar.technology-transfer': 'Transferencia de tecnología',
  'pillar.production': 'Producción',
  'pillar.commercialization': 'Comercialización',
} as const satisfies Record<keyof typeof en, Sentence>
