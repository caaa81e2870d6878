import type { Sentence } from '../../../../platform/i18n/texts.ts'
import type { en } from './en.ts'

export const es: Record<keyof typeof en, Sentence> = {
  'guide.offer.research': 'Qué problema, qué método o material, qué han demostrado hasta ahora y qué haría un socio.',
  'guide.need.research': 'Qué pregunta quieren responder, con qué cuentan y qué les falta.',
  'guide.offer.training': 'Tema, nivel, duración, idioma, número de plazas, profesorado y costo.',
  'guide.need.training': 'Quién debe aprender qué, cuántas personas, para cuándo y en qué idioma.',
  'guide.offer.technology-transfer':
    'Qué proceso o producto, a qué escala funciona, qué se transfiere (documentos, cepas, formación) y qué necesita la unidad receptora.',
  'guide.need.technology-transfer': 'Qué tecnología, para qué producto y mercado, y con qué planta y personal cuentan.',
  'guide.offer.production': 'Qué formas farmacéuticas o etapas, capacidad, normas de calidad e inspecciones, y desde cuándo.',
  'guide.need.production': 'Qué producto y etapa, cuánto, con qué norma de calidad y para cuándo.',
  'guide.offer.commercialization': 'Qué producto, dónde tiene registro sanitario, período de validez y almacenamiento, y en qué condiciones.',
  'guide.need.commercialization': 'Qué producto o mercado, cuánto al año y qué registro sanitario se necesita.',
  'mail.review.subject': 'Por revisar: {title}',
  'mail.review.body': 'Estimado/a {name}:\n\n«{title}» espera la revisión de su organización. Envíelo a la secretaría o devuélvalo con un motivo:\n\n{link}',
  'mail.returned.subject': 'Devuelto: {title}',
  'mail.returned.body': 'Estimado/a {name}:\n\n«{title}» se ha devuelto por este motivo:\n\n{reason}\n\nPuede modificarlo y enviarlo de nuevo:\n\n{link}',
  'mail.published.subject': 'Publicado: {title}',
  'mail.published.body': 'Estimado/a {name}:\n\n«{title}» está publicado:\n\n{link}',
  'mail.closed.subject': 'Cerrado: {title}',
  'mail.closed.body': 'Estimado/a {name}:\n\nLa secretaría ha cerrado «{title}»:\n\n{link}',
  'mail.reminder.subject': 'Vence pronto: {title}',
  'mail.reminder.body': 'Estimado/a {name}:\n\n«{title}» es válido hasta el {until}. Si desea que siga publicado, renuévelo aquí:\n\n{link}',
  'mail.expired.subject': 'Vencido: {title}',
  'mail.expired.body': 'Estimado/a {name}:\n\n«{title}» ha vencido. Puede renovarlo aquí:\n\n{link}',
}
