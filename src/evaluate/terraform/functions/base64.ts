const STANDARD = /^[A-Za-z0-9+/]*={0,2}$/;

/** The bytes of a text in standard base64 with its padding (RFC 4648, 4); line ends do not count. Undefined for others. */
export function decodeBase64(text: string): Buffer | undefined {
  const joined = text.replace(/[\r\n]/g, '');
  return joined.length % 4 === 0 && STANDARD.test(joined) ? Buffer.from(joined, 'base64') : undefined;
}
