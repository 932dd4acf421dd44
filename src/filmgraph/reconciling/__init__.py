"""Reconciliation of the names in a table with the things of a store; each match gives its reasons.

It follows the Reconciliation Service API of the W3C Entity Reconciliation Community Group, version
`0.2 <https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/>`_ and its draft of 1.0, without
HTTP: `service.ReconciliationService` takes and gives what the messages hold.
"""
