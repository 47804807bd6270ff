/** Which way a language is written: BCP 47 subtags of scripts that run from right to left. */
export const directionOf = (language: string): 'ltr' | 'rtl' =>
  /^(ar|ckb|dv|fa|he|ks|ps|sd|ug|ur|yi)\b/i.test(language) ? 'rtl' : 'ltr'
