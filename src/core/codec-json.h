/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "op.h"

#include <jansson.h>

G_BEGIN_DECLS

/* An operation that is part of a larger message. As baton_op_read_kept. */
BatonOp *baton_op_read_json (json_t *root, GError **error);

G_END_DECLS
