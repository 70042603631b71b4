/** Strings are NFC everywhere in Terraform; below U+0300 nothing changes, which spares most strings the work. */
export function toNfc(text: string): string {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) >= 0x300) return text.normalize('NFC');
  return text;
}
