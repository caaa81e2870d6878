import type { Language } from '../i18n/languages.ts'

declare module '../db/tables.ts' {
  interface Tables {
    'auth.account': {
      id: string
      email: string
      name: string
      language: Language
      password: string | null
      made_at: Date
      confirmed_at: Date | null
      closed_at: Date | null
    }
    'auth.session': {
      id: string
      account_id: string
      token: Buffer
      made_at: Date
      seen_at: Date
      ends_at: Date
      ended_at: Date | null
      proven_at: Date | null
      address: string
      agent: string
    }
    'auth.link': {
      id: string
      digest: Buffer
      purpose: 'first' | 'invitation' | 'password' | 'address'
      account_id: string | null
      email: string | null
      about_id: string | null
      made_at: Date
      ends_at: Date
      used_at: Date | null
    }
    'auth.identity': { id: string; issuer: string; subject: string; account_id: string; made_at: Date; used_at: Date | null; ended_at: Date | null }
    'auth.totp': { account_id: string; secret: Buffer | null; started_at: Date; confirmed_at: Date | null; last_step: number }
    'auth.recovery_code': { account_id: string; digest: Buffer; made_at: Date; ended_at: Date | null }
    'auth.pending': { id: string; account_id: string; token: Buffer; made_at: Date; ends_at: Date; failures: number; ended_at: Date | null }
    'auth.passkey': {
      id: string
      account_id: string
      credential: string
      public_key: Buffer
      counter: string
      transports: string[]
      name: string
      made_at: Date
      used_at: Date | null
      ended_at: Date | null
    }
    'auth.challenge': {
      id: string
      digest: Buffer
      purpose: 'sign-in' | 'addition' | 'proof'
      account_id: string | null
      ends_at: Date
      used_at: Date | null
    }
    'auth.api_key': {
      id: string
      account_id: string | null
      organization_id: string | null
      made_by: string
      digest: Buffer
      hint: string
      name: string
      scopes: string[]
      made_at: Date
      ends_at: Date
      used_at: Date | null
      ended_at: Date | null
    }
    'auth.attempt': { subject: Buffer; origin: string; failures: number; failed_at: Date; next_at: Date }
  }
}
