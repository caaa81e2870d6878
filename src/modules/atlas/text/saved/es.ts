import type { Sentence } from '../../../../platform/i18n/texts.ts'
import type { en } from './en.ts'

export const es = {
  'saved.title': 'Búsquedas guardadas',
  'saved.lead':
    'Solo usted ve lo que guarda aquí. Se le avisa por correo de lo que se publique al respecto, en cualquier idioma, en la medida en que pueda verlo entonces.',
  'saved.none': 'Aún no guarda ninguna búsqueda. Busque algo y guarde allí la búsqueda.',
  'saved.save': 'Guardar esta búsqueda',
  'saved.new': 'Guardar una búsqueda',
  'saved.name': 'Nombre',
  'saved.often': 'Avisarme por correo',
  'saved.often.at-once': 'de inmediato',
  'saved.often.daily': 'una vez al día',
  'saved.often.weekly': 'una vez por semana',
  'saved.often.never': 'nunca',
  'saved.words': 'Búsqueda',
  'saved.keep': 'Guardar',
  'saved.change': 'Modificar',
  'saved.remove': 'Eliminar',
  'saved.remove-lead': 'Una búsqueda eliminada ya no avisa de nada.',
  'saved.done.saved': 'La búsqueda está guardada.',
  'saved.done.changed': 'El cambio está guardado.',
  'saved.done.removed': 'La búsqueda está eliminada.',
  'saved.stale': 'La búsqueda se modificó entretanto. Aquí figura como era; vuelva a abrirla.',
  'saved.feed': 'Canal de esta búsqueda',
  'saved.mail.subject': { one: '{name}: un resultado nuevo', other: '{name}: {n} resultados nuevos' },
  'saved.mail.body':
    'Estimado/a {person}:\n\nSe ha publicado lo siguiente para la búsqueda que guarda como «{name}»:\n\n{list}\n\nLa búsqueda completa:\n{link}\n\nPara recibir avisos con menos frecuencia, o ninguno, inicie sesión aquí:\n{stop}\n',
  'saved.mail.more': { one: '… y uno más', other: '… y {n} más' },
} as const satisfies Record<keyof typeof en, Sentence>
