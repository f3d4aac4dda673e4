// Everything a page needs comes from here and nothing may come from elsewhere. Never HSTS: it would bind every port of
// this host and lock the household out of plain http on its own network.
import { secureHeaders } from 'hono/secure-headers'

const SELF = ["'self'"]
const NONE = ["'none'"]

export const securityHeaders = () =>
  secureHeaders({
    strictTransportSecurity: false,
    xFrameOptions: 'DENY',
    contentSecurityPolicy: {
      defaultSrc: NONE,
      scriptSrc: SELF,
      styleSrc: SELF,
      imgSrc: ["'self'", 'data:'],
      fontSrc: SELF,
      connectSrc: SELF,
      workerSrc: SELF,
      manifestSrc: SELF,
      objectSrc: NONE,
      baseUri: NONE,
      formAction: NONE,
      frameAncestors: NONE,
    },
  })
