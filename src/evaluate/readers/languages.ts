const COMMON = 'ar bn cs da de el en es fa fi fil fr he hi hr hu id it ja ko mi nl no pl pt';

/** Languages of COCO-35L. */
export const LANGUAGES_35 = `${COMMON} ro ru sv sw te th tr uk vi zh`.split(' ');

/** Languages of Crossmodal-3600, with Cuzco Quechua. */
export const LANGUAGES_36 = `${COMMON} quz ro ru sv sw te th tr uk vi zh`.split(' ');
