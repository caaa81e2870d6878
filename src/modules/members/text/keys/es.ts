import type { Sentence } from '../../../../platform/i18n/texts.ts'
import type { en } from './en.ts'

export const es: Record<keyof typeof en, Sentence> = {
  'key.title': 'Claves de API',
  'key.lead':
    'Un programa usa la API con una clave. Actúa en su nombre, como máximo con lo que usted mismo puede hacer y, de ello, solo con los permisos que se le dan.',
  'key.lead-member':
    'Un programa usa la API con una clave. Actúa en nombre de la organización, como redactor de ella, y solo hasta donde llegan sus permisos. Deja de funcionar mientras la organización no esté admitida.',
  'key.none': 'Aún no hay ninguna clave.',
  'key.new': 'Crear una clave',
  'key.name': 'Nombre de la clave',
  'key.name-hint': 'Para saber más adelante qué la usa, por ejemplo «sistema del laboratorio».',
  'key.scopes': 'Qué puede hacer la clave',
  'key.until': 'Último día',
  'key.until-hint': 'Como máximo, un año a partir de hoy.',
  'key.make': 'Crear la clave',
  'key.made': 'La clave está creada',
  'key.once': 'Cópiela ahora: se muestra solo esta vez y no se guarda en ninguna parte. Quien la tenga puede hacer lo que indican sus permisos.',
  'key.use': 'Un programa la envía con cada solicitud:',
  'key.back': 'Ver las claves',
  'key.made-by': 'creada el {date} por {person}',
  'key.used': 'usada por última vez el {date}',
  'key.unused': 'aún sin usar',
  'key.ends': 'hasta el {date}',
  'key.revoke': 'Revocar',
  'key.revoked': 'La clave está revocada. Ya no funciona en ninguna parte.',
  'key.state.rests': 'En pausa',
  'key.state.expired': 'Caducada',
  'key.state.revoked': 'Revocada',
  'key.scope.members-read': 'Leer los miembros',
  'key.scope.desk-write': 'Enviar correcciones y avisos',
  'key.mail.made.subject': 'Se creó una clave de API en Puente',
  'key.mail.made.body':
    'Estimado/a {name}:\n\n{by} creó la clave de API «{key}» ({hint}…). Actúa en nombre de {owner} y puede: {scopes}. Su último día es el {until}.\n\nSi no debía ser así, revóquela de inmediato:\n\n{link}',
  'key.mail.revoked.subject': 'Se revocó una clave de API en Puente',
  'key.mail.revoked.body':
    'Estimado/a {name}:\n\n{by} revocó la clave de API «{key}» ({hint}…) de {owner}. Los programas que la usan ya no reciben respuesta.\n\n{link}',
  'key.operator': 'El operador',
}
