/** The shape of each option, for people who cannot distinguish colours; one for each of the twelve possible options. */
export const SHAPES = [
  "M12 3 22.5 21h-21z", // triangle
  "M3.5 3.5h17v17h-17z", // square
  "M12 2a10 10 0 1 1 0 20 10 10 0 0 1 0-20z", // circle
  "M12 1 23 12 12 23 1 12z", // diamond
  "M12 1.5l3.2 6.9 7.5.9-5.5 5.1 1.4 7.4L12 18.1l-6.6 3.7 1.4-7.4L1.3 9.300l7.5-.9z", // star
  "M12 1.5 22.5 9.2 18.5 21.500h-13L1.5 9.200z", // pentagon
  "M8.5 2h7v6.500H22v7h-6.500V22h-7v-6.500H2v-7h6.500z", // cross
  "M6.5 2.600h11L23 12l-5.5 9.400h-11L1 12z", // hexagon
  "M12 21.500C3 14.5 1.5 11 1.5 8a5.5 5.5 0 0 1 10.5-2.300A5.5 5.5 0 0 1 22.5 8c0 3-1.5 6.5-10.5 13.500z", // heart
  "M1.5 3h21L12 21z", // triangle on its head
  "M2 17a10 10 0 0 1 20 0z", // half circle
  "M12 1.500c4 5.5 7 9 7 13a7 7 0 0 1-14 0c0-4 3-7.5 7-13z", // drop
];

export const CHECK = "M9.5 19.5 2.5 12.500l2.6-2.6 4.4 4.400L19 4.800l2.6 2.600z";

export const ICONS = {
  smaller: "M3 19 8.5 5h2L16 19h-2.300l-1.3-3.500H6.600L5.3 19zm4.3-5.500h4.400L9.5 7.600zM17 11h6v2h-6z",
  larger: "M3 19 8.5 5h2L16 19h-2.300l-1.3-3.500H6.600L5.3 19zm4.3-5.500h4.400L9.5 7.600zM17 11h2V9h2v2h2v2h-2v2h-2v-2h-2z",
  colours: "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm0 2.200v15.600a7.8 7.8 0 0 1 0-15.600z",
  full: "M4 4h6v2H6v4H4zm10 0h6v6h-2V6h-4zM4 14h2v4h4v2H4zm14 0h2v6h-6v-2h4z",
};
