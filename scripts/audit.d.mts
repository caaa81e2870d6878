export declare function judge(
  report: unknown,
  exceptions: { advisory: string; reason: string; until: string }[],
  today: string,
): { blocks: string[]; excepted: string[]; told: string[]; wrong: string[] } | undefined
