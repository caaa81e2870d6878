import type { Sentence } from '../../../../platform/i18n/texts.ts'
import type { en } from './en.ts'

export const es = {
  'digest.subject': { one: 'Una contraparte nueva', other: '{n} contrapartes nuevas' },
  'digest.body':
    'Hola, {person}:\n\nSe han encontrado nuevas contrapartes para anuncios de los que usted responde:\n\n{list}\n\nTodas, con los motivos por los que encajan, están en las páginas de sus anuncios; inicie sesión aquí:\n{link}\n\nPara recibirlas en un canal Atom o dejar de recibir este aviso:\n{stop}\n',
  'digest.listing': { one: '«{title}»: una contraparte nueva', other: '«{title}»: {n} contrapartes nuevas' },
  'digest.more': { one: '… y una más', other: '… y {n} más' },
  'digest.more-listings': { one: '… y las de un anuncio más', other: '… y las de {n} anuncios más' },
  'introduction.mail-subject': 'Presentado por la secretaría: {title}',
  'introduction.mail-body':
    'Estimado/a {name}:\n\nLa secretaría presenta «{title}» a otro anuncio: «{other}». Escribe lo siguiente:\n\n{note}\n\nLea el anuncio y escriba a su organización aquí:\n{link}\n',
  'matches.new': 'Nueva',
  'matches.fresh': { one: '1 nueva', other: '{n} nuevas' },
  'done.interested': 'Interés manifestado',
  'done.declined': 'Interés rechazado',
  'done.accepted': 'Interés aceptado',
  'notice.title': 'Contrapartes nuevas',
  'notice.lead':
    'Cuando se encuentra una contraparte para un anuncio del que usted responde, puede recibir un aviso. Solo se le avisa de lo que puede ver en ese momento.',
  'notice.none': 'No hay novedades para sus anuncios.',
  'notice.settings': 'Correo y canal Atom',
  'notice.often': 'Avisarme por correo',
  'notice.often.daily': 'una vez al día, cuando haya novedades',
  'notice.often.never': 'nunca',
  'notice.save': 'Guardar',
  'notice.saved': 'La elección se ha guardado.',
  'notice.feed': 'Canal Atom',
  'notice.feed-lead':
    'Un lector de canales muestra lo que se encuentra sin iniciar sesión: quien tenga la dirección del canal puede leerlo. La dirección se muestra una sola vez.',
  'notice.feed-open': 'Crear una dirección',
  'notice.feed-again': 'Crear otra dirección',
  'notice.feed-again-lead': 'Ya tiene una dirección. Si crea otra, la anterior dejará de funcionar.',
  'notice.feed-close': 'Retirar la dirección',
  'notice.feed-closed': 'La dirección ha dejado de funcionar.',
  'notice.feed-made': 'La dirección de su canal',
  'notice.feed-once': 'Cópiela ahora: solo se muestra esta vez.',
  'notice.feed-of': 'Contraparte de {title}',
  'notice.back': 'Volver',
} as const satisfies Record<keyof typeof en, Sentence>
