"""Generated from library/constants.toml by `./dev constants`: do not edit."""

from typing import Final

MODEL_VERSION: Final = "1-770e2657"
"""The model's generation, and a fingerprint of every value below."""

WALKING_BELOW_SPM: Final = 140
"""Fewer steps a minute than this is walking. Walking inflates stance times, so they are gated on cadence. [1/min]
(CoachRule)"""

RUNNING_FROM_MPS: Final = 1.8
"""Without cadence, slower than this is walking. van Oeveren's runners begin at 1.64 m/s; brisk walkers reach 1.8.
[m/s] (CoachRule)"""

MOVING_FROM_MPS: Final = 0.5
"""Slower than this is standing. [m/s] (CoachRule)"""

POPULATION_STANCE_SCALE_S: Final = 0.469
"""Stance time = 0.469 v^-0.520 through 2.5, 3.5 and 4.5 m/s. Malisoux 2023 (860 runners) reads 2.8 % longer at 2.75
m/s. [s] (Fukuchi2017)"""

POPULATION_STANCE_EXPONENT: Final = -0.52
"""See population_stance_scale_s. [1] (Fukuchi2017)"""

POPULATION_STRIDES_AT_REST: Final = 75.01
"""Strides (two steps) a minute = 75.01 + 3.006 v. [1/min] (VanOeveren2019)"""

POPULATION_STRIDES_PER_MPS: Final = 3.006
"""Valid 1.64-4.68 m/s. [1/min per m/s] (VanOeveren2019)"""

POPULATION_SLOWEST_MPS: Final = 1.64
"""Speeds outside the range are read at its edge. [m/s] (VanOeveren2019)"""

POPULATION_FASTEST_MPS: Final = 4.68
"""Speeds outside the range are read at its edge. [m/s] (VanOeveren2019)"""

STANCE_DISAGREEMENT: Final = 0.15
"""A run whose mean duty factor is further than this from the one its speed predicts is computed from speed (grade C).
[1] (OurRule)"""

STANCE_SHARE_NEEDED: Final = 0.5
"""A run is grade A only where at least this share of its running seconds carries a measured stance and cadence. [1]
(OurRule)"""

STANCE_TIE_LASTS_S: Final = 300
"""A run ties two sources of ground contact where both measured for at least this long of level running. [s]
(OurRule)"""

STANCE_TIES_NEEDED: Final = 3
"""With fewer runs that carry both, one source is not shifted to the other: the comparison begins anew. [1]
(OurRule)"""

CADENCE_SHARE_NEEDED: Final = 0.5
"""A run counts its strikes from cadence where at least this share of its running seconds carries one. [1]
(OurRule)"""

RECORDED_SHARE_NEEDED: Final = 0.5
"""A run with less of its time recorded second by second is computed from distance and time alone (grade D). [1]
(OurRule)"""

FAST_ABOVE_EASY_MPS: Final = 0.6
"""A fast strike is at least this much above the runner's own easy pace. [m/s] (CoachRule)"""

EASY_WINDOW_DAYS: Final = 90
"""The own easy pace is the median pace of the running done in this many days before. [d] (CoachRule)"""

EASY_RUNS_NEEDED: Final = 4
"""With fewer runs in the window the easy pace is unknown. [1] (CoachRule)"""

SURELY_RUNNING_MPS: Final = 2.2
"""Where a run's mean speed over its moving time is below this and no cadence was recorded, nobody can tell how much
of it was walked: the slow bands hold. [m/s] (OpenRecordings)"""

STRIKES_BAND_C: Final = 1.1
"""90 % band of the strikes at grade C, times or divided by. 164 ± 9 steps a minute alone are 1.09; OpenRecordings:
1.07 just covers nine of ten people. [1] (Malisoux2023)"""

STRIKES_BAND_D: Final = 1.13
"""90 % band of the strikes at grade D: cadence (1.09) and unseen walking and standing (1.08) together.
OpenRecordings: 1.08 just covers nine of ten people. [1] (Malisoux2023)"""

STRIKES_BAND_SLOW: Final = 2.25
"""Band of the strikes at grades C and D below surely_running_mps: as far apart as walking breaks made them. Five
devices are too few for an honest 90 %. [1] (OpenRecordings)"""

SIDES_ERROR: Final = 0.01
"""Half width of what measuring the left foot's share of ground contact is worth: halves of one run differ by 0.009 in
nine of ten (0.008 at most), two runs of one watch by 0.003 and 0.005. Rounded up; how far a strap or pod is off by
itself nobody knows. [1] (OpenRecordings)"""

SIDES_LAST_S: Final = 300
"""Left and right are told from at least this long of level running with both measured. Five minutes scatter by 0.004
around their run. [s] (OurRule)"""

SIDES_RUNS_NEEDED: Final = 5
"""A run's left and right are held against the runner's own only where so many runs of the same source came before.
[1] (OurRule)"""

SIDES_RUNS_COMPARED: Final = 10
"""The runner's own left and right is the median of so many of the latest of them. [1] (OurRule)"""

GRF_INTERCEPT_BW: Final = 0.178
"""F = 0.178 + 0.814 / DF, least squares on 37 runners (scripts/fit_grf.py); the form is Patoz2023's. [BW]
(Alcantara2021)"""

GRF_SLOPE_BW: Final = 0.814
"""See grf_intercept_bw. [BW] (Alcantara2021)"""

GRF_INTERCEPT_SE_BW: Final = 0.21
"""Standard error of the intercept, runners as clusters. [BW] (Alcantara2021)"""

GRF_SLOPE_SE_BW: Final = 0.063
"""Standard error of the slope, runners as clusters. [BW] (Alcantara2021)"""

GRF_SE_CORRELATION: Final = -0.996
"""Correlation of the two errors. [1] (Alcantara2021)"""

DUTY_FACTOR_LOWEST: Final = 0.22
"""Duty factors are clipped to 0.22-0.50 before the force: below lies sprinting and device error. [1] (OurRule)"""

DUTY_FACTOR_HIGHEST: Final = 0.5
"""At 0.50 there is no flight left. [1] (OurRule)"""

DUTY_FACTOR_TRAINED_FROM: Final = 0.25
"""The fit's data begin here; outside them the band widens by the fit's own error. [1] (Alcantara2021)"""

DUTY_FACTOR_TRAINED_TO: Final = 0.345
"""The fit's data end here. [1] (Alcantara2021)"""

NORMAL_90: Final = 1.645
"""Half width of a central 90 % band in standard errors. [1] (OurRule)"""

GRF_BAND_LAB: Final = 1.09
"""90 % band, times or divided by: force-plate timing. 1.082 covers nine of ten people; 1.10, which it was, covers 98
of 100. [1] (Alcantara2021)"""

GRF_BAND_A: Final = 1.14
"""90 % band: stance and cadence from a watch or pod. A stance error e changes F by -0.93 e; the band is for errors of
8 % (Patoz2022). [1] (Alcantara2021)"""

GRF_BAND_BCD: Final = 1.2
"""90 % band: duty factor predicted from speed. [1] (Fukuchi2017)"""

STEEPEST_DEG: Final = 4.0
"""Beyond this slope, up or down, forces are not estimated. Timing fails downhill from -5 degrees at 3.3 m/s
(Alcantara2022, Meyer2023). [deg] (Slope2007)"""

ACHILLES_PER_GRF: Final = 2.4
"""Peak Achilles force over peak vertical force with a 5 cm arm: 2.14 (open Fukuchi subjects, 2.5-4.5 m/s), 2.63 and
2.78 (5 m/s), about 2.0 (Matijevich2019). [1] (HamnerDelp2013)"""

ACHILLES_ARM_BAND: Final = 1.25
"""The tendon's lever arm alone: 4 to 6 cm in the literature. [1] (Demangeot2023)"""

ACHILLES_BAND_A: Final = 1.35
"""90 % band at grade A: ground force, factor and lever arm together. [1] (Demangeot2023)"""

ACHILLES_BAND_BCD: Final = 1.4
"""90 % band at grades B to D. [1] (Demangeot2023)"""

IMPULSE_PER_STEP_TIME: Final = 2.0
"""Calf impulse a step = 2.0 x step time, because the ground's impulse a step is body weight x step time. Follows
running time, blind to pace. [BW] (Fukuchi2017)"""

IMPULSE_BAND: Final = 1.35
"""90 % band of the impulse, mostly the lever arm. [1] (Demangeot2023)"""

IMPULSE_BAND_D: Final = 1.37
"""90 % band of the impulse at grade D: impulse_band, and running time that is not known (1.08, OpenRecordings). [1]
(Demangeot2023)"""

IMPULSE_BAND_SLOW: Final = 2.35
"""Band of the impulse at grades C and D below surely_running_mps: walking that looks like running, or the other way
round. [1] (OpenRecordings)"""

UNEVEN_GROUND_BAND: Final = 1.1
"""On trail, grass and sand both force bands are this much wider, times or divided by: timing models were made on
plates and belts. The value stays: Tessutti2012 found 5-17 % less pressure in the shoe on grass, others none. [1]
(OurRule)"""

BARE_FOOT_BAND_UP: Final = 1.15
"""Barefoot and in minimal shoes the Achilles band reaches this much higher: not landing on the heel raised its
impulse by 11 % and its mean loading rate by 15 %; no factor of peak force was read. [1] (Almonroeder2013)"""

LONGEST_WINDOW_DAYS: Final = 30
"""A run is held against the longest of this many days before it. [d] (Frandsen2025)"""

SPIKE_SMALL: Final = 1.1
"""Up to here is the study's reference; 1-10 % longer was +19 % (-10 to +57), not shown to differ. [1]
(Frandsen2025)"""

SPIKE_MODERATE: Final = 1.3
"""10-30 % longer: hazard 1.64 (1.31-2.05), all overuse injuries. [1] (Frandsen2025)"""

SPIKE_LARGE: Final = 2.0
"""30-100 % longer: 1.52 (1.16-2.00); beyond: 2.28 (1.50-3.48). [1] (Frandsen2025)"""

ALERT_MORE_M: Final = 1000
"""An alert also needs this much more in metres, so that 2 km after 1.5 km alarms nobody. [m] (CoachRule)"""

ALERT_EVERY_DAYS: Final = 7
"""At most one alert in this many days. [d] (CoachRule)"""

SAME_OUTING_MINUTES: Final = 45
"""Recordings at most this far apart count as one run. [min] (CoachRule)"""

REFERENCE_RISES_EVERY_DAYS: Final = 7
"""The reference for the next run's budget rises at most once in this many days. [d] (CoachRule)"""

BREAK_FROM_DAYS: Final = 14
"""Without running for this long, what was before counts only in part. [d] (CoachRule)"""

BREAK_TO_DAYS: Final = 60
"""After a longer break no number is given. [d] (CoachRule)"""

BREAK_SHARE: Final = 0.5
"""After a break the budget starts from this share of the longest run before it. [1] (CoachRule)"""

BREAK_LASTS_DAYS: Final = 30
"""For this long after the break. [d] (CoachRule)"""

QUIET_MORNINGS_NEEDED: Final = 2
"""A run over budget counts whole only after this many mornings at quiet_morning_nrs or less; with nothing said of
them as far as the budget went, and with a louder one not at all. [1] (CoachRule)"""

QUIET_MORNING_NRS: Final = 3
"""Soreness up to 3 of 10 the morning after. [0-10] (Silbernagel2007)"""

PACE_JUMP_RATIO: Final = 1.5
"""A run with this many times the most fast strikes of 30 days is a pace jump (Nielsen2013: theory that calves mind
pace). [1] (CoachRule)"""

PACE_JUMP_STRIKES: Final = 500
"""And at least this many fast strikes more, both legs: about three minutes. [1] (CoachRule)"""

NEW_RUNNER_WEEKS: Final = 12
"""The first weeks of running. [week] (CoachRule)"""

NEW_SHOE_DAYS: Final = 21
"""A shoe is new for its first three weeks. [d] (CoachRule)"""

LOWER_SHOE_M: Final = 0.004
"""A heel drop at least this much below that of the shoes before is a lower shoe. [m] (CoachRule)"""

HILLIER_RATIO: Final = 1.5
"""A run with this many times the most climb of 30 days is a hillier one. [1] (CoachRule)"""

HILLIER_MORE_M: Final = 100
"""And at least this much more climb. [m] (CoachRule)"""

EASY_RUN_FAST_SHARE: Final = 0.1
"""A run with at most this share of fast strikes is an easy one: what an own easy kilometre is worth comes from those.
[1] (OurRule)"""

WEAR_STRESS_LOW_PERCENT: Final = 40
"""Wear is shown as a range: at this share of a tendon's strength, the step is weighted least. Nobody's own share is
known. [%] (Schechtman1997)"""

WEAR_STRESS_HIGH_PERCENT: Final = 60
"""And at this share it is weighted most. [%] (Schechtman1997)"""

WEAR_PERCENT_A_DECADE: Final = 14.8
"""A tendon out of the body lasts ten times fewer pulls for this much more stress (S = 101.3 - 14.8 log10 N, 90
specimens). Only for ratios to the own easy kilometre. [%] (Schechtman1997)"""

LONGEST_INTERVAL_S: Final = 60
"""A silence longer than this is a gap: nothing is counted in it. [s] (OurRule)"""

SLOPE_WINDOW_M: Final = 40
"""Slope is rise over run across this much ground; altitudes jitter by a metre or two. [m] (OurRule)"""

FASTEST_BELIEVABLE_MPS: Final = 12.5
"""Faster than any runner: a satellite jump. [m/s] (OurRule)"""

SHORTEST_BELIEVABLE_STANCE_S: Final = 0.08
"""Shorter ground contact is device error. [s] (OurRule)"""

LONGEST_BELIEVABLE_STANCE_S: Final = 0.6
"""Longer ground contact is not running. [s] (OurRule)"""

HIGHEST_BELIEVABLE_SPM: Final = 260
"""More steps a minute than this is a cadence that was doubled twice. [1/min] (OurRule)"""

DOUBLED_ABOVE_SPM: Final = 240
"""A median above this, after doubling, means the file held steps already: some treadmill files do. [1/min]
(OurRule)"""

LONGEST_SILENCE_DAYS: Final = 30
"""A recording silent for longer than this is a clock that was set wrong. [d] (OurRule)"""

WALKING_NEVER_ABOVE_MPS: Final = 2.5
"""Nobody walks this fast on a run: what looks like a walker's cadence here is a lost sensor. [m/s] (CoachRule)"""

BAREFOOT_HABIT_OUTINGS: Final = 10
"""After this many barefoot outings in the easy-pace window going barefoot is a habit, and no news to the calves. [1]
(CoachRule)"""

LONGEST_CATCH_UP_M: Final = 200
"""Watches catch up distance after a lost signal; a step longer than this and faster than anybody runs is a jump. [m]
(OurRule)"""

FASTEST_CLIMB_MPS: Final = 3.0
"""Rising or falling faster than this is an altimeter that was set anew. [m/s] (OurRule)"""

SMALLEST_ALTITUDE_JUMP_M: Final = 10
"""And by at least this much: altitudes jitter. [m] (OurRule)"""

HALVED_BELOW_SPM: Final = 110
"""A median below this at a pace that nobody walks means that the file counted pairs of steps once more. [1/min]
(OurRule)"""

DISTANCE_DISAGREEMENT: Final = 0.1
"""Distance of the watch and of its satellites further apart than this share is told. [1] (OurRule)"""
