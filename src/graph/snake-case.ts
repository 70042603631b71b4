/** `DBInstanceIdentifier` → `db_instance_identifier`, `TargetGroupARNs` → `target_group_arns`, `MemoryMiB` → `memory_mib`. */
export function toSnakeCase(name: string): string {
  return name
    .replace(/([A-Z]{2,})s$/, (_, letters: string) => `${letters.charAt(0)}${letters.slice(1).toLowerCase()}s`)
    .replace(/([MG])iB/g, '$1ib')
    .replace(/VCpu/g, 'Vcpu')
    .replace(/IP[vV]([46])/g, 'Ipv$1')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toLowerCase();
}
