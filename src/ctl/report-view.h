/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ctl.h"
#include "metrics.h"
#include "times.h"

G_BEGIN_DECLS

/* What all reports share: the board's arrays and the view that the options ask for. */
typedef struct
{
  Ctl *ctl;
  BatonMetrics *metrics;
  BatonFlowHours *hours;
  BatonFlowView *view;
} CtlReport;

/* The options of every report; a command's table begins with them. */
#define CTL_REPORT_OPTIONS                                                                                   \
  { "board", 'b', 0, G_OPTION_ARG_FILENAME, &ctl_report_board, N_ ("The board (the only one, if there is)"), \
    N_ ("BOARD") },                                                                                          \
      { "from", 0, 0, G_OPTION_ARG_FILENAME, &ctl_report_from, N_ ("From the beginning of this day"),        \
        N_ ("DATE") },                                                                                       \
      { "to", 0, 0, G_OPTION_ARG_FILENAME, &ctl_report_to, N_ ("Up to the end of this day"), N_ ("DATE") },  \
      { "channel", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &ctl_report_chosen[BATON_FLOW_CHANNEL],                \
        N_ ("Only cards of this channel; may be given several times"), N_ ("NAME") },                        \
      { "campaign", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &ctl_report_chosen[BATON_FLOW_CAMPAIGN],              \
        N_ ("Only cards of this campaign"), N_ ("NAME") },                                                   \
      { "type", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &ctl_report_chosen[BATON_FLOW_ASSET_TYPE],                \
        N_ ("Only cards of this asset type"), N_ ("NAME") },                                                 \
      { "asset-type", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &ctl_report_chosen[BATON_FLOW_ASSET_TYPE],          \
        N_ ("The same"), N_ ("NAME") },                                                                      \
      { "owner", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &ctl_report_chosen[BATON_FLOW_OWNER_DIM],                \
        N_ ("Only cards of this owner"), N_ ("NAME") },                                                      \
      { "urgency", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &ctl_report_chosen[BATON_FLOW_URGENCY],                \
        N_ ("Only cards of this urgency: low, normal, high or fast"), N_ ("NAME") },                         \
      { "hours", 0, 0, G_OPTION_ARG_FILENAME, &ctl_report_hours,                                             \
        N_ ("In which hours: calendar (the default) or working"), N_ ("KIND") },                             \
  {                                                                                                          \
    "working-hours", 0, 0, G_OPTION_ARG_NONE, &ctl_report_working,                                           \
        N_ ("Measure in the board’s working hours instead of calendar time"), NULL                           \
  }

extern char *ctl_report_board;
extern char *ctl_report_from;
extern char *ctl_report_to;
extern char **ctl_report_chosen[BATON_FLOW_N_DIMS];
extern gboolean ctl_report_working;
extern char *ctl_report_hours;

/* Loads the board and makes the view. Clear it in any case. */
gboolean ctl_report_open (CtlReport *report, Ctl *ctl, GError **error);
void ctl_report_clear (CtlReport *report);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CtlReport, ctl_report_clear)

/* A duration as seconds; whole seconds without a point. */
void ctl_json_seconds (BatonJson *json, const char *name, double microseconds);
/* A moment that is known, the beginning of 1970 too, which baton_json_time takes for none. */
void ctl_json_moment (BatonJson *json, const char *name, gint64 at);
/* "percentiles":{"50":…}, "mean":…; null without values. */
void ctl_json_sample (BatonJson *json, BatonFlowSample *sample);
void ctl_json_share (BatonJson *json, const char *name, double share); /* negative: null */

/* “2.1 d”, “3.5 h”, “12 min”, “–” for none; in working hours days are the board’s. Transfer full. */
char *ctl_duration (const CtlReport *report, double microseconds);
char *ctl_percent (double share);
char *ctl_report_date (const CtlReport *report, gint64 at); /* of the board's time zone */
const char *ctl_report_title (const CtlReport *report, guint32 card);

/* The period that is looked at, as far as something is known. */
void ctl_report_period (const CtlReport *report, gint64 *from, gint64 *to);

/* A day of the board's time zone (its beginning, or its end), or a moment. */
gboolean ctl_report_border (
    const CtlReport *report, const char *text, gboolean end, gint64 *at, GError **error);
/* What was typed after an option; NULL leaves the number. FALSE with a usage error. */
gboolean ctl_report_count (
    const char *option, const char *text, guint64 most, guint64 *number, GError **error);

gboolean ctl_run_report_flow (Ctl *ctl, char **args, GError **error);
gboolean ctl_run_report_handoffs (Ctl *ctl, char **args, GError **error);
gboolean ctl_run_report_forecast (Ctl *ctl, char **args, GError **error);
gboolean ctl_run_report_compare (Ctl *ctl, char **args, GError **error);
gboolean ctl_run_report_order (Ctl *ctl, char **args, GError **error);

extern char *ctl_report_by;
extern char **ctl_report_split;

/* forecast */
extern char *ctl_report_until;
extern char *ctl_report_days;
extern char *ctl_report_number;
extern char *ctl_report_seed;
/* compare */
extern char *ctl_report_before;
extern char *ctl_report_after;
extern char *ctl_report_baseline;
extern char *ctl_report_happy_before;
extern char *ctl_report_happy_after;

G_END_DECLS
