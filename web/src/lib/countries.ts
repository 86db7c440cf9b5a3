/** Countries by ISO 3166-1, named by the browser in the reader's language. */

import { settings } from "./settings.svelte";

// numeric, alpha-3, alpha-2: those that most reports are about, and their neighbours
const CODES =
  "012 DZA DZ,048 BHR BH,262 DJI DJ,818 EGY EG,364 IRN IR,368 IRQ IQ,376 ISR IL,400 JOR JO,414 KWT KW,422 LBN LB," +
  "434 LBY LY,478 MRT MR,504 MAR MA,512 OMN OM,275 PSE PS,634 QAT QA,682 SAU SA,706 SOM SO,729 SDN SD,760 SYR SY," +
  "788 TUN TN,792 TUR TR,784 ARE AE,887 YEM YE,196 CYP CY,004 AFG AF,586 PAK PK,728 SSD SS,231 ETH ET,232 ERI ER," +
  "148 TCD TD,562 NER NE,466 MLI ML,854 BFA BF,566 NGA NG,051 ARM AM,031 AZE AZ,268 GEO GE,300 GRC GR,100 BGR BG," +
  "795 TKM TM,860 UZB UZ,762 TJK TJ,804 UKR UA,643 RUS RU,840 USA US,826 GBR GB,250 FRA FR,276 DEU DE,120 CMR CM," +
  "180 COD CD,404 KEN KE,140 CAF CF,356 IND IN,156 CHN CN";

const ALPHA2: ReadonlyMap<string, string> = new Map(
  CODES.split(",").flatMap((entry): [string, string][] => {
    const [numeric, three, two] = entry.split(" ") as [string, string, string];
    return [
      [numeric, two],
      [three, two],
    ];
  }),
);

/** The name of a country by its numeric or alpha-3 code; null where there is none here. */
export function nameOf(code: string, lang: string): string | null {
  const two = ALPHA2.get(code);
  return two ? (new Intl.DisplayNames(lang, { type: "region" }).of(two) ?? null) : null;
}

/** The same for a page: the code itself where no name is known. */
export function countryName(code: string): string {
  return nameOf(code, settings.lang) ?? code;
}
