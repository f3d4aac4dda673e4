/** A key that is there only together with a value: a view says "absent", not "undefined". */
export const present = <K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } =>
  value === undefined ? {} : ({ [key]: value } as { [P in K]: V })
