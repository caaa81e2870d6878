import type { MiddlewareHandler } from 'hono'
import { csrf } from 'hono/csrf'
import { secureHeaders } from 'hono/secure-headers'
import type { Config } from '../config.ts'
import { publicUrl, type Ctx, type Env } from './context.ts'

/** Nothing is loaded from another host, nothing runs that is not a file of ours, nobody frames a page, no form posts elsewhere. */
export function securityHeaders(config: Config): MiddlewareHandler<Env> {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      styleSrc: ["'self'"],
      scriptSrc: ["'self'"],
      imgSrc: ["'self'"],
      fontSrc: ["'self'"],
      connectSrc: ["'self'"],
      formAction: ["'self'"],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
    xFrameOptions: 'DENY',
    referrerPolicy: 'strict-origin-when-cross-origin',
    crossOriginOpenerPolicy: 'same-origin',
    crossOriginResourcePolicy: 'same-origin',
    permissionsPolicy: { camera: [], geolocation: [], microphone: [], payment: [], usb: [] },
    strictTransportSecurity: config.url?.startsWith('https:') ? 'max-age=31536000; includeSubDomains' : false,
  })
}

/** A form may only be posted from a page of ours: the browser says where it stood (`Sec-Fetch-Site`, `Origin`). */
export const sameSite: MiddlewareHandler<Env> = csrf({ origin: (origin, c) => origin === publicUrl(c as Ctx) })
