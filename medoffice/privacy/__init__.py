"""Keeping what patients tell to those who need it, and an account of who touched what."""

from medoffice.privacy.audit import AuditEntry, AuditRow, audit_digest, verify_audit

__all__ = ["AuditEntry", "AuditRow", "audit_digest", "verify_audit"]
