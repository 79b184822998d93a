/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Writes compact JSON into a GString, commas by itself. Texts must be UTF-8. Names are NULL inside arrays.
 * Reading is done by jansson; writing is here because an operation is written once for every change and a
 * tree of objects would cost more than the database does. */
typedef struct
{
  GString *text; /* borrowed */
  gboolean comma;
} BatonJson;

void baton_json_init (BatonJson *json, GString *text);
void baton_json_begin_object (BatonJson *json, const char *name);
void baton_json_end_object (BatonJson *json);
void baton_json_begin_array (BatonJson *json, const char *name);
void baton_json_end_array (BatonJson *json);
void baton_json_string (BatonJson *json, const char *name, const char *value); /* NULL writes null */
void baton_json_int (BatonJson *json, const char *name, gint64 value);
void baton_json_bool (BatonJson *json, const char *name, gboolean value);
void baton_json_double (BatonJson *json, const char *name, double value);
void baton_json_null (BatonJson *json, const char *name);
void baton_json_time (BatonJson *json, const char *name, gint64 at); /* RFC 3339; 0 writes null */

G_END_DECLS
