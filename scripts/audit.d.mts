export declare function judge(
  report: unknown,
  exceptions: { advisory: string; reason: string; until: string }[],
  today: string,
  tools?: Set<string>,
): { blocks: string[]; excepted: string[]; told: string[]; wrong: string[] } | undefined
