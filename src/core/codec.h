/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "op.h"

G_BEGIN_DECLS

/* Operations and effects as JSON text. Times are integers (microseconds), unset values are null.
 *
 * An operation:
 * {"v":1,"dev":DEVICE,"n":NUMBER,"verb":"card.move","person":ID,"at":µs,"boot":µs,"base":SEQ,"batch":ID,
 *   "ids":[ID…],"from":[ID…],"to":ID,"before":ID,"after":ID,"set":{FIELD:VALUE…},
 *   "was":{FIELD:TEXT…},"link":[[FIELD,"+"|"-",ID]…],"rows":[{"e":ENTITY,"id":ID,"before":ID,"after":ID,"set":{FIELD:VALUE…}}…],
 *   "targets":["DEVICE:NUMBER"…],"changes":EFFECT}; what is empty is left out.
 * An effect: an array of ["+",ENTITY,ID] for a new row and [ENTITY,ID,FIELD,BEFORE,AFTER] for a changed
 * field. */

#define BATON_OP_VERSION 1

/* The values alone, without device, number, person, times and batch: what the log keeps beside its columns.
 */
void baton_op_write_values (const BatonOp *op, GString *out);
void baton_op_write (const BatonOp *op, GString *out);

/* Reads an operation; checks shape, ids, types, but not the rules. An unknown verb is kept as text. */
BatonOp *baton_op_read (const char *text, gssize length, GError **error);

/* The same, but what speaks of fields or entities that only a newer Baton knows becomes an operation of an
 * unknown verb, too, instead of an error. For what a server has accepted. */
BatonOp *baton_op_read_kept (const char *text, gssize length, GError **error);

/* Fills an operation whose verb is set from the text that baton_op_write_values wrote. What this Baton does
 * not know makes it an operation of an unknown verb. */
gboolean baton_op_read_values (BatonOp *op, const char *text, gssize length, GError **error);

void baton_effect_write (const BatonEffect *effect, GString *out);
BatonEffect *baton_effect_read (const char *text, gssize length, GError **error);

G_END_DECLS
